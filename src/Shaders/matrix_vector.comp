// A group computes QUADS x 4 neighbouring columns of a product with few rows (a fully connected layer for one picture); a thread sums
// every LANES-th depth for one quad of columns and all ROWS rows, and the lanes are combined as a tree.
// Weights are [depth][column], both filled up with zeros to multiples of 4.
#include "grid.glsl"
layout(local_size_x = QUADS * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer W { vec4 w[]; };
#include "epilogue.glsl"

#define COLUMN_QUADS ((COLUMNS + 3) / 4)

shared vec4 parts[QUADS * LANES];

void main()
{
    int group = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (group * QUADS >= COLUMN_QUADS)
        return;
    int lane = thread / QUADS, quad = group * QUADS + thread % QUADS, column = min(quad, COLUMN_QUADS - 1);
    vec4 sums[ROWS];
    for (int row = 0; row < ROWS; row++)
        sums[row] = vec4(0.0);
    for (int d = lane; d < DEPTH; d += LANES)
    {
        vec4 weight = w[d * COLUMN_QUADS + column];
        for (int row = 0; row < ROWS; row++)
            sums[row] = fma(vec4(x[X_OFFSET + row * X_PITCH + d]), weight, sums[row]);
    }
    for (int row = 0; row < ROWS; row++)
    {
        parts[thread] = sums[row];
        barrier();
        for (int step = LANES / 2; step > 0; step /= 2)
        {
            if (lane < step)
                parts[thread] += parts[thread + step * QUADS];
            barrier();
        }
        if (lane == 0)
            finish4(parts[thread], row, quad * 4, COLUMNS);
        barrier();
    }
}
