// A group is 64 threads over neighbouring channels; a thread computes STRIP outputs along a row for four channels, each of which sees
// only itself, and reads every input column of its strip once per kernel row. Weights are [tap][k], k filled up to a multiple of 4.
#include "grid.glsl"
layout(local_size_x = 64) in;
#include "quads.glsl"
layout(std430, binding = 1) readonly buffer W { vec4 w[]; };
#include "epilogue.glsl"

#define STRIPS ((OUT_W + STRIP - 1) / STRIP)
#define COLUMNS ((STRIP - 1) * STRIDE_W + (KERNEL_W - 1) * DILATION_W + 1)

void main()
{
    int i = int(flat_thread());
    int quad = i % CHANNEL_QUADS, strip = i / CHANNEL_QUADS % STRIPS, row = i / (CHANNEL_QUADS * STRIPS);
    if (row >= N * OUT_D * OUT_H)
        return;
    int h = row % OUT_H, d = row / OUT_H % OUT_D, n = row / (OUT_H * OUT_D);
    int left = strip * (STRIP * STRIDE_W) - PAD_W;
    vec4 sums[STRIP];
    for (int o = 0; o < STRIP; o++)
        sums[o] = vec4(0.0);
    for (int tap = 0; tap < KERNEL_D * KERNEL_H; tap++)
    {
        int z = d * STRIDE_D - PAD_D + tap / KERNEL_H * DILATION_D, v = h * STRIDE_H - PAD_H + tap % KERNEL_H * DILATION_H;
        if (uint(z) >= uint(IN_D) || uint(v) >= uint(IN_H))
            continue;
        int line = ((n * IN_D + z) * IN_H + v) * IN_W;
        vec4 columns[COLUMNS];
        for (int s = 0; s < COLUMNS; s++)
        {
            int u = left + s;
            vec4 value = fetch(line + clamp(u, 0, IN_W - 1), quad);
            columns[s] = uint(u) < uint(IN_W) ? value : vec4(0.0);
        }
        for (int s = 0; s < KERNEL_W; s++)
        {
            vec4 weight = w[(tap * KERNEL_W + s) * CHANNEL_QUADS + quad];
            for (int o = 0; o < STRIP; o++)
                sums[o] = fma(columns[o * STRIDE_W + s * DILATION_W], weight, sums[o]);
        }
    }
    for (int o = 0; o < STRIP; o++)
        if (strip * STRIP + o < OUT_W)
            finish4(sums[o], row * OUT_W + strip * STRIP + o, quad * 4, CHANNELS);
}
