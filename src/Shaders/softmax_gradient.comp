// One thread computes what softmax (LOGARITHM: its logarithm) passes back along one row of LENGTH elements, INNER apart.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Y { float y[]; };
layout(std430, binding = 1) readonly buffer Dy { float dy[]; };
layout(std430, binding = 2) buffer Dx { float dx[]; };

void main()
{
    int row = int(flat_thread());
    if (row >= COUNT)
        return;
    int first = row / INNER * (LENGTH * INNER) + row % INNER;
    float sum = 0.0;
    for (int i = 0; i < LENGTH; i++)
#if LOGARITHM
        sum += dy[DY_OFFSET + first + i * INNER];
#else
        sum += dy[DY_OFFSET + first + i * INNER] * y[Y_OFFSET + first + i * INNER];
#endif
    for (int i = 0; i < LENGTH; i++)
    {
        float value = y[Y_OFFSET + first + i * INNER], back = dy[DY_OFFSET + first + i * INNER];
#if LOGARITHM
        dx[DX_OFFSET + first + i * INNER] = back - exp(value) * sum;
#else
        dx[DX_OFFSET + first + i * INNER] = value * (back - sum);
#endif
    }
}
