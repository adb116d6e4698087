// One thread copies one element: y[outer][j][inner] = x[outer][indices[j]][inner]; a negative index gives 0.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Indices { int indices[]; };
layout(std430, binding = 2) buffer Y { float y[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= OUTER * PICKED * INNER)
        return;
    int inner = i % INNER, j = i / INNER % PICKED, outer = i / (INNER * PICKED);
    int index = indices[j];
    y[Y_OFFSET + i] = index < 0 ? 0.0 : x[X_OFFSET + (outer * EXTENT + max(index, 0)) * INNER + inner];
}
