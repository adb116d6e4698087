// A thread computes THREAD_P pixels in a row x THREAD_K channels, everything in registers, no shared memory. A group is GROUP_SIZE such
// threads: over the channels first (LANES_OVER_K, weights read side by side), or over the pixels of one block of channels.
// Weights are [group][tap][c][k] with c and k filled up with zeros to multiples of 4.
#include "grid.glsl"
#include "conv2d.glsl"
layout(local_size_x = GROUP_SIZE) in;
layout(std430, binding = 1) readonly buffer W { vec4 w[]; };
#include "epilogue.glsl"

#define QUADS_K (THREAD_K / 4)
#define BLOCKS_K ((K_QUADS + QUADS_K - 1) / QUADS_K)
#define BLOCKS_P ((PIXELS + THREAD_P - 1) / THREAD_P)
#define GROUPS_P ((BLOCKS_P + GROUP_SIZE - 1) / GROUP_SIZE)

void main()
{
#if LANES_OVER_K
    int block = int(flat_thread());
    int block_k = block % (BLOCKS_K * GROUPS), block_p = block / (BLOCKS_K * GROUPS);
    if (block_p >= BLOCKS_P)
        return;
#else
    int block = int(flat_group());
    int block_k = block / GROUPS_P, block_p = block % GROUPS_P * GROUP_SIZE + int(gl_LocalInvocationID.x);
    if (block_k >= BLOCKS_K * GROUPS)
        return;
#endif
    int group = block_k / BLOCKS_K, k_quad = block_k % BLOCKS_K * QUADS_K;
    ivec4 origins[THREAD_P];
    for (int i = 0; i < THREAD_P; i++)
        origins[i] = origin_of(min(block_p * THREAD_P + i, PIXELS - 1));

    vec4 sums[THREAD_P * QUADS_K];
    for (int i = 0; i < THREAD_P * QUADS_K; i++)
        sums[i] = vec4(0.0);

    for (int tap = 0; tap < TAPS; tap++)
    {
        int pixels[THREAD_P];
        for (int i = 0; i < THREAD_P; i++)
            pixels[i] = pixel_under(origins[i], tap);
        for (int quad = 0; quad < C_QUADS; quad++)
        {
            vec4 a[THREAD_P];
            for (int i = 0; i < THREAD_P; i++)
                a[i] = fetch_or_zero(pixels[i], group * GROUP_C, quad);
            int row = ((group * TAPS + tap) * C_QUADS + quad) * 4;
            for (int j = 0; j < QUADS_K; j++)
            {
                int k = min(k_quad + j, K_QUADS - 1);
                vec4 b0 = w[row * K_QUADS + k];
#if GROUP_C > 1
                vec4 b1 = w[(row + 1) * K_QUADS + k];
#endif
#if GROUP_C > 2
                vec4 b2 = w[(row + 2) * K_QUADS + k];
#endif
#if GROUP_C > 3
                vec4 b3 = w[(row + 3) * K_QUADS + k];
#endif
                for (int i = 0; i < THREAD_P; i++)
                {
                    vec4 sum = sums[i * QUADS_K + j] + a[i].x * b0;
#if GROUP_C > 1
                    sum += a[i].y * b1;
#endif
#if GROUP_C > 2
                    sum += a[i].z * b2;
#endif
#if GROUP_C > 3
                    sum += a[i].w * b3;
#endif
                    sums[i * QUADS_K + j] = sum;
                }
            }
        }
    }

    for (int i = 0; i < THREAD_P; i++)
    {
        int p = block_p * THREAD_P + i;
        for (int j = 0; j < QUADS_K; j++)
            if (p < PIXELS)
                finish4(sums[i * QUADS_K + j], p, group * GROUP_K + (k_quad + j) * 4, (group + 1) * GROUP_K);
    }
}
