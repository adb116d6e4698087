// A group is 64 threads over neighbouring channels; a thread computes four channels of one output pixel: the largest or the mean
// (AVERAGE) of its window. With COUNT_PADDING the mean is over padding too, but not over what a last window has beyond it.
#include "grid.glsl"
layout(local_size_x = 64) in;
#include "quads.glsl"
#include "epilogue.glsl"

void main()
{
    int i = int(flat_thread());
    int quad = i % CHANNEL_QUADS, p = i / CHANNEL_QUADS;
    if (p >= N * OUT_D * OUT_H * OUT_W)
        return;
    int n = p / (OUT_W * OUT_H * OUT_D);
    int front = p / (OUT_W * OUT_H) % OUT_D * STRIDE_D - PAD_D, top = p / OUT_W % OUT_H * STRIDE_H - PAD_H, left = p % OUT_W * STRIDE_W - PAD_W;
#if AVERAGE
    vec4 result = vec4(0.0);
    int count = 0;
#else
    vec4 result = vec4(uintBitsToFloat(0xFF800000u));
#endif
    for (int d = 0; d < KERNEL_D; d++)
        for (int r = 0; r < KERNEL_H; r++)
            for (int s = 0; s < KERNEL_W; s++)
            {
                int z = front + d * DILATION_D, v = top + r * DILATION_H, u = left + s * DILATION_W;
                bool inside = uint(z) < uint(IN_D) && uint(v) < uint(IN_H) && uint(u) < uint(IN_W);
                vec4 value = fetch(inside ? ((n * IN_D + z) * IN_H + v) * IN_W + u : 0, quad);
#if AVERAGE
                result += inside ? value : vec4(0.0);
#if COUNT_PADDING
                count += int(z < IN_D + PAD_BACK && v < IN_H + PAD_BOTTOM && u < IN_W + PAD_RIGHT);
#else
                count += int(inside);
#endif
#else
                result = inside ? max(result, value) : result;
#endif
            }
#if AVERAGE
    result /= float(max(count, 1));
#endif
    finish4(result, p, quad * 4, CHANNELS);
}
