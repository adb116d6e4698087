// A group computes TILE_R rows (a tap and a channel) x TILE_K output channels of a convolution's weight gradient as a matrix product over
// the output pixels of the batch; a thread holds THREAD_R rows x THREAD_K channels, in quads spread over the tile so that neighbours read neighbours.
//
// Rows are [tap][c], c filled up to a multiple of 4. With SPLITS the pixels are cut in as many parts and the sums go to a workspace,
// which split_reduce.comp adds up in order.
#include "grid.glsl"
#include "conv2d.glsl"
layout(local_size_x = THREADS) in;
#if DY_VEC
layout(std430, binding = 1) readonly buffer Dy { vec4 dy[]; };
#else
layout(std430, binding = 1) readonly buffer Dy { float dy[]; };
#endif
#if SPLITS > 1
layout(std430, binding = 2) buffer Partial { vec4 partial[]; };
#else
#include "epilogue.glsl"
#endif

#define ROW_QUADS (TAPS * C_QUADS)
#define TILES_R ((ROW_QUADS * 4 + TILE_R - 1) / TILE_R)
#define TILES_K ((GROUP_K + TILE_K - 1) / TILE_K)
#define SLICES ((PIXELS + DEPTH - 1) / DEPTH)
#define SLICES_PER_SPLIT ((SLICES + SPLITS - 1) / SPLITS)
#define ALONG_R (TILE_R / THREAD_R)
#define ALONG_K (TILE_K / THREAD_K)
#define QUADS_R (THREAD_R / 4)
#define QUADS_K (THREAD_K / 4)

shared vec4 xs[DEPTH * (TILE_R / 4)];
shared vec4 ds[DEPTH * (TILE_K / 4)];

// Channels 4 quad .. + 3 of the group in an output pixel; those from the group's end on are 0.
vec4 gradient(int pixel, int first, int quad)
{
    int k = quad * 4;
#if DY_VEC
    vec4 v = dy[pixel * (DY_PITCH / 4) + (DY_OFFSET + first) / 4 + quad];
    return vec4(v.x, k + 1 < GROUP_K ? v.y : 0.0, k + 2 < GROUP_K ? v.z : 0.0, k + 3 < GROUP_K ? v.w : 0.0);
#else
    int at = pixel * DY_PITCH + DY_OFFSET + first + k;
    vec4 v = vec4(dy[at], 0.0, 0.0, 0.0);
    if (k + 1 < GROUP_K) v.y = dy[at + 1];
    if (k + 2 < GROUP_K) v.z = dy[at + 2];
    if (k + 3 < GROUP_K) v.w = dy[at + 3];
    return v;
#endif
}

void main()
{
    int tile = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (tile >= TILES_R * TILES_K * GROUPS * SPLITS)
        return;
    int tile_r = tile % TILES_R * (TILE_R / 4), tile_k = tile / TILES_R % TILES_K * (TILE_K / 4);
    int group = tile / (TILES_R * TILES_K) % GROUPS, split = tile / (TILES_R * TILES_K * GROUPS);
    int along_r = thread % ALONG_R, along_k = thread / ALONG_R;

    vec4 sums[THREAD_R * QUADS_K];
    for (int i = 0; i < THREAD_R * QUADS_K; i++)
        sums[i] = vec4(0.0);

    int last = min((split + 1) * SLICES_PER_SPLIT, SLICES);
    for (int slice = split * SLICES_PER_SPLIT; slice < last; slice++)
    {
        for (int item = thread; item < DEPTH * (TILE_R / 4); item += THREADS)
        {
            int p = slice * DEPTH + item / (TILE_R / 4), row = tile_r + item % (TILE_R / 4);
            bool exists = p < PIXELS && row < ROW_QUADS;
            int safe = min(row, ROW_QUADS - 1);
            vec4 v = fetch_or_zero(pixel_under(origin_of(min(p, PIXELS - 1)), safe / C_QUADS), group * GROUP_C, safe % C_QUADS);
            xs[item] = exists ? v : vec4(0.0);
        }
        for (int item = thread; item < DEPTH * (TILE_K / 4); item += THREADS)
        {
            int p = slice * DEPTH + item / (TILE_K / 4), quad = tile_k + item % (TILE_K / 4);
            bool exists = p < PIXELS && quad < K_QUADS;
            vec4 v = gradient(min(p, PIXELS - 1), group * GROUP_K, min(quad, K_QUADS - 1));
            ds[item] = exists ? v : vec4(0.0);
        }
        barrier();
        for (int d = 0; d < DEPTH; d++)
            for (int i = 0; i < QUADS_R; i++)
            {
                vec4 a = xs[d * (TILE_R / 4) + along_r + i * ALONG_R];
                for (int j = 0; j < QUADS_K; j++)
                {
                    vec4 b = ds[d * (TILE_K / 4) + along_k + j * ALONG_K];
                    int at = i * 4 * QUADS_K + j;
                    sums[at] = fma(vec4(a.x), b, sums[at]);
                    sums[at + QUADS_K] = fma(vec4(a.y), b, sums[at + QUADS_K]);
                    sums[at + 2 * QUADS_K] = fma(vec4(a.z), b, sums[at + 2 * QUADS_K]);
                    sums[at + 3 * QUADS_K] = fma(vec4(a.w), b, sums[at + 3 * QUADS_K]);
                }
            }
        barrier();
    }

    for (int i = 0; i < THREAD_R; i++)
    {
        int row = (tile_r + along_r + i / 4 * ALONG_R) * 4 + i % 4;
        for (int j = 0; j < QUADS_K; j++)
        {
            int k = tile_k + along_k + j * ALONG_K;
            if (row < ROW_QUADS * 4 && k < K_QUADS)
#if SPLITS > 1
                partial[((split * GROUPS + group) * (ROW_QUADS * 4) + row) * K_QUADS + k] = sums[i * QUADS_K + j];
#else
                if (EXISTS(row))
                    finish4(sums[i * QUADS_K + j], row, group * GROUP_K + k * 4, (group + 1) * GROUP_K);
#endif
        }
    }
}
