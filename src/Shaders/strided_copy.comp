// One thread copies one element (or four neighbours, T = vec4, of which one is repeated where X_T is float) from x to y; X_AT and Y_AT turn its number into places.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { X_T x[]; };
layout(std430, binding = 1) buffer Y { T y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
        y[Y_AT(i)] = T(x[X_AT(i)]);
}
