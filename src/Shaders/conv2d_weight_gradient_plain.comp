// One thread computes one element of a convolution's weight gradient: every output pixel of the batch in turn.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Dy { float dy[]; };
#include "epilogue.glsl"

#define TAPS (KERNEL_D * KERNEL_H * KERNEL_W)

void main()
{
    int i = int(flat_thread());
    if (i >= K * GROUP_C * TAPS)
        return;
    int k = i % K, c = i / K % GROUP_C, tap = i / (K * GROUP_C);
    float sum = 0.0;
    for (int p = 0; p < N * OUT_D * OUT_H * OUT_W; p++)
    {
        int z = p / (OUT_W * OUT_H) % OUT_D * STRIDE_D - PAD_D + tap / (KERNEL_H * KERNEL_W) * DILATION_D;
        int v = p / OUT_W % OUT_H * STRIDE_H - PAD_H + tap / KERNEL_W % KERNEL_H * DILATION_H;
        int u = p % OUT_W * STRIDE_W - PAD_W + tap % KERNEL_W * DILATION_W;
        if (uint(z) >= uint(IN_D) || uint(v) >= uint(IN_H) || uint(u) >= uint(IN_W))
            continue;
        int n = p / (OUT_W * OUT_H * OUT_D), from = (((n * IN_D + z) * IN_H + v) * IN_W + u) * X_PITCH + X_OFFSET + k / GROUP_K * GROUP_C;
        sum = fma(x[from + c], dy[p * DY_PITCH + DY_OFFSET + k], sum);
    }
    finish(sum, tap * ((GROUP_C + 3) / 4 * 4) + c, k);
}
