// One thread computes one output element: every tap and channel in turn, weights where W_K, W_C and W_TAP (their strides) say.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer W { float w[]; };
#include "epilogue.glsl"

void main()
{
    int i = int(flat_thread());
    if (i >= N * OUT_D * OUT_H * OUT_W * K)
        return;
    int k = i % K, p = i / K;
    int ow = p % OUT_W, oh = p / OUT_W % OUT_H, od = p / (OUT_W * OUT_H) % OUT_D, n = p / (OUT_W * OUT_H * OUT_D);
    int first = k / GROUP_K * GROUP_C;
    float sum = 0.0;
    for (int tap = 0; tap < KERNEL_D * KERNEL_H * KERNEL_W; tap++)
    {
        int z = od * STRIDE_D - PAD_D + tap / (KERNEL_H * KERNEL_W) * DILATION_D;
        int v = oh * STRIDE_H - PAD_H + tap / KERNEL_W % KERNEL_H * DILATION_H;
        int u = ow * STRIDE_W - PAD_W + tap % KERNEL_W * DILATION_W;
        if (uint(z) >= uint(IN_D) || uint(v) >= uint(IN_H) || uint(u) >= uint(IN_W))
            continue;
        int from = (((n * IN_D + z) * IN_H + v) * IN_W + u) * X_PITCH + X_OFFSET + first;
        int weight = W_OFFSET + k * W_K + tap * W_TAP;
        for (int c = 0; c < GROUP_C; c++)
            sum = fma(x[from + c], w[weight + c * W_C], sum);
    }
    finish(sum, p, k);
}
