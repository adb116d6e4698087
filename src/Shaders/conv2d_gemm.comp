// A group computes TILE_P output pixels x TILE_K channels as a matrix product over depth = taps x channels; a thread holds
// THREAD_P pixels x THREAD_K channels, its pixels and channel quads spread over the tile so that neighbours read neighbours.
//
// Weights are [group][tap][c][k] with c and k filled up with zeros to multiples of 4; a depth slice is DEPTH_QUADS quads of c.
// With SPLITS the depth is cut in as many parts and the sums go to a workspace, which split_reduce.comp adds up in order.
#include "grid.glsl"
#include "conv2d.glsl"
layout(local_size_x = THREADS) in;
layout(std430, binding = 1) readonly buffer W { vec4 w[]; };
#if SPLITS > 1
layout(std430, binding = 2) buffer Partial { vec4 partial[]; };
#else
#include "epilogue.glsl"
#endif

#define SLICES ((TAPS * C_QUADS + DEPTH_QUADS - 1) / DEPTH_QUADS)
#define SLICES_PER_SPLIT ((SLICES + SPLITS - 1) / SPLITS)
#define TILES_P ((PIXELS + TILE_P - 1) / TILE_P)
#define TILES_K ((GROUP_K + TILE_K - 1) / TILE_K)
#define ALONG_K (TILE_K / THREAD_K)
#define ALONG_P (TILE_P / THREAD_P)
#define QUADS_K (THREAD_K / 4)
#define LOADS_X ((TILE_P * DEPTH_QUADS + THREADS - 1) / THREADS)
#define LOADS_W ((DEPTH_QUADS * TILE_K + THREADS - 1) / THREADS)
#define X_ROW (DEPTH_QUADS + 1)

// One spare quad per row keeps eight neighbouring rows in different banks.
shared vec4 xs[TILE_P * X_ROW];
shared vec4 ws[DEPTH_QUADS * TILE_K];

void main()
{
    int tile = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (tile >= TILES_P * TILES_K * GROUPS * SPLITS)
        return;
    int tile_p = tile % TILES_P * TILE_P, tile_k = tile / TILES_P % TILES_K * TILE_K;
    int group = tile / (TILES_P * TILES_K) % GROUPS, split = tile / (TILES_P * TILES_K * GROUPS);
    int along_k = thread % ALONG_K, along_p = thread / ALONG_K;

    // A thread always loads the same quad of the slice, for the same pixels.
    int load_q = thread % DEPTH_QUADS;
    ivec4 origins[LOADS_X];
    for (int i = 0; i < LOADS_X; i++)
        origins[i] = origin_of(min(tile_p + (thread + i * THREADS) / DEPTH_QUADS, PIXELS - 1));

    vec4 sums[THREAD_P * QUADS_K];
    for (int i = 0; i < THREAD_P * QUADS_K; i++)
        sums[i] = vec4(0.0);

    int last = min((split + 1) * SLICES_PER_SPLIT, SLICES);
    for (int slice = split * SLICES_PER_SPLIT; slice < last; slice++)
    {
#if C_QUADS % DEPTH_QUADS == 0
        int tap = slice / (C_QUADS / DEPTH_QUADS), quad = slice % (C_QUADS / DEPTH_QUADS) * DEPTH_QUADS + load_q;
#else
        int tap = (slice * DEPTH_QUADS + load_q) / C_QUADS, quad = (slice * DEPTH_QUADS + load_q) % C_QUADS;
#endif
        for (int i = 0; i < LOADS_X; i++)
        {
            int item = thread + i * THREADS;
            int pixel = pixel_under(origins[i], tap);
#if C_QUADS % DEPTH_QUADS == 0
            vec4 v = fetch_or_zero(pixel, group * GROUP_C, quad);
#else
            vec4 v = fetch_or_zero(tap < TAPS ? pixel : 0, group * GROUP_C, quad);
            v = tap < TAPS ? v : vec4(0.0);
#endif
            if (TILE_P * DEPTH_QUADS % THREADS == 0 || item < TILE_P * DEPTH_QUADS)
                xs[item / DEPTH_QUADS * X_ROW + load_q] = v;
        }
        for (int i = 0; i < LOADS_W; i++)
        {
            int item = thread + i * THREADS;
            int row = slice * (DEPTH_QUADS * 4) + item / (TILE_K / 4), k = tile_k / 4 + item % (TILE_K / 4);
            bool exists = row < TAPS * C_QUADS * 4 && k < K_QUADS;
            vec4 v = w[exists ? (group * TAPS * C_QUADS * 4 + row) * K_QUADS + k : 0];
            if (DEPTH_QUADS * TILE_K % THREADS == 0 || item < DEPTH_QUADS * TILE_K)
                ws[item] = exists ? v : vec4(0.0);
        }
        barrier();
        for (int q = 0; q < DEPTH_QUADS; q++)
        {
            vec4 a[THREAD_P];
            for (int i = 0; i < THREAD_P; i++)
                a[i] = xs[(along_p + i * ALONG_P) * X_ROW + q];
            for (int j = 0; j < QUADS_K; j++)
            {
                int at = q * TILE_K + along_k + j * ALONG_K;
                vec4 b0 = ws[at], b1 = ws[at + TILE_K / 4], b2 = ws[at + TILE_K / 2], b3 = ws[at + TILE_K * 3 / 4];
                for (int i = 0; i < THREAD_P; i++)
                {
                    vec4 sum = sums[i * QUADS_K + j];
                    sum = fma(vec4(a[i].x), b0, sum);
                    sum = fma(vec4(a[i].y), b1, sum);
                    sum = fma(vec4(a[i].z), b2, sum);
                    sums[i * QUADS_K + j] = fma(vec4(a[i].w), b3, sum);
                }
            }
        }
        barrier();
    }

    for (int i = 0; i < THREAD_P; i++)
    {
        int p = tile_p + along_p + i * ALONG_P;
        for (int j = 0; j < QUADS_K; j++)
        {
            int k = tile_k + (along_k + j * ALONG_K) * 4;
            if (p < PIXELS)
#if SPLITS > 1
                if (k < GROUP_K)
                    partial[((split * GROUPS + group) * PIXELS + p) * K_QUADS + k / 4] = sums[i * QUADS_K + j];
#else
                finish4(sums[i * QUADS_K + j], p, group * GROUP_K + k, (group + 1) * GROUP_K);
#endif
        }
    }
}
