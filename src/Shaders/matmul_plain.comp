// One thread computes four neighbouring elements of a row of one product A B of a batch. Rows m, depth d, columns n; A_AT(batch, m, d)
// and B_AT(batch, d, n) say where elements lie.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer A { float a[]; };
layout(std430, binding = 1) readonly buffer B { float b[]; };
#include "epilogue.glsl"

#define QUADS ((COLUMNS + 3) / 4)

void main()
{
    int i = int(flat_thread());
    if (i >= BATCH * ROWS * QUADS)
        return;
    int n = i % QUADS * 4, m = i / QUADS % ROWS, batch = i / (QUADS * ROWS);
    int n1 = min(n + 1, COLUMNS - 1), n2 = min(n + 2, COLUMNS - 1), n3 = min(n + 3, COLUMNS - 1);
    vec4 sum = vec4(0.0);
    for (int d = 0; d < DEPTH; d++)
        sum += a[A_AT(batch, m, d)] * vec4(b[B_AT(batch, d, n)], b[B_AT(batch, d, n1)], b[B_AT(batch, d, n2)], b[B_AT(batch, d, n3)]);
    finish4(ALPHA * sum, batch * ROWS + m, n, COLUMNS);
}
