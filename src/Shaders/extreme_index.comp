// One thread finds the extreme element of one row: its index as an int64 (two words), or with ONE_HOT 1 at its place and 0 elsewhere.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
#if ONE_HOT
layout(std430, binding = 1) buffer Y { float y[]; };
#else
layout(std430, binding = 1) buffer Y { uvec2 y[]; };
#endif

void main()
{
    int row = int(flat_thread());
    if (row >= COUNT)
        return;
    int first = row / INNER * (LENGTH * INNER) + row % INNER, index = 0;
    float best = x[X_OFFSET + first];
    for (int i = 1; i < LENGTH; i++)
    {
        float value = x[X_OFFSET + first + i * INNER];
        if (IS_BETTER(value, best))
        {
            best = value;
            index = i;
        }
    }
#if ONE_HOT
    for (int i = 0; i < LENGTH; i++)
        y[Y_OFFSET + first + i * INNER] = i == index ? 1.0 : 0.0;
#else
    y[Y_OFFSET + row] = uvec2(uint(index), 0u);
#endif
}
