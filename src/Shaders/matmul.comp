// A group computes a 64 x 64 tile of one product A B of a batch; a thread holds 4 x 4 elements of it. Rows m, depth d, columns n;
// A_AT(batch, m, d) and B_AT(batch, d, n) say where elements lie, so either matrix may be transposed or repeated.
#include "grid.glsl"
layout(local_size_x = 256) in;
layout(std430, binding = 0) readonly buffer A { float a[]; };
layout(std430, binding = 1) readonly buffer B { float b[]; };
#include "epilogue.glsl"

#define TILE 64
#define SLICE 16
#define TILES_M ((ROWS + TILE - 1) / TILE)
#define TILES_N ((COLUMNS + TILE - 1) / TILE)

// One quad of padding per row keeps the columns a warp stores in different banks.
shared float left[SLICE][TILE + 4];
shared float right[SLICE][TILE + 4];

void main()
{
    int group = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (group >= TILES_M * TILES_N * BATCH)
        return;
    int m0 = group % TILES_M * TILE, n0 = group / TILES_M % TILES_N * TILE, batch = group / (TILES_M * TILES_N);
    int column = thread % 16, row = thread / 16;
    vec4 sums[4];
    for (int i = 0; i < 4; i++)
        sums[i] = vec4(0.0);
    for (int d0 = 0; d0 < DEPTH; d0 += SLICE)
    {
        for (int i = 0; i < 4; i++)
        {
            // Neighbouring threads read neighbours in memory: along the rows of a transposed matrix, else along the depth.
            int item = thread + i * 256;
            int m = A_BY_ROWS != 0 ? item % TILE : item / SLICE, da = A_BY_ROWS != 0 ? item / TILE : item % SLICE;
            bool exists = m0 + m < ROWS && d0 + da < DEPTH;
            float value = a[A_AT(batch, min(m0 + m, ROWS - 1), min(d0 + da, DEPTH - 1))];
            left[da][m] = exists ? value : 0.0;
            int n = B_BY_DEPTH != 0 ? item / SLICE : item % TILE, db = B_BY_DEPTH != 0 ? item % SLICE : item / TILE;
            exists = n0 + n < COLUMNS && d0 + db < DEPTH;
            value = b[B_AT(batch, min(d0 + db, DEPTH - 1), min(n0 + n, COLUMNS - 1))];
            right[db][n] = exists ? value : 0.0;
        }
        barrier();
        for (int d = 0; d < SLICE; d++)
        {
            vec4 quad = vec4(right[d][column * 4], right[d][column * 4 + 1], right[d][column * 4 + 2], right[d][column * 4 + 3]);
            for (int i = 0; i < 4; i++)
                sums[i] = fma(vec4(left[d][row + i * 16]), quad, sums[i]);
        }
        barrier();
    }
    for (int i = 0; i < 4; i++)
        if (m0 + row + i * 16 < ROWS)
            finish4(ALPHA * sums[i], batch * ROWS + m0 + row + i * 16, n0 + column * 4, COLUMNS);
}
