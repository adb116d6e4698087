// One thread computes one element of a row of matrices: VALUE where CONDITION of its row and column is true, else 0.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) buffer Y { float y[]; };
#ifdef X_BINDING
layout(std430, binding = X_BINDING) readonly buffer X { float x[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int column = i % COLUMNS, row = i / COLUMNS % ROWS;
    y[Y_OFFSET + i] = CONDITION ? VALUE : 0.0;
}
