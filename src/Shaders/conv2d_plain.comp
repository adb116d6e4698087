// One thread computes one output element: every tap and channel in turn, weights [k][c][d][r][s] as models have them.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer W { float w[]; };
layout(std430, binding = 2) buffer Y { float y[]; };
#include "epilogue.glsl"

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int k = i % K, p = i / K;
    int ow = p % OUT_W, oh = p / OUT_W % OUT_H, od = p / (OUT_W * OUT_H) % OUT_D, n = p / (OUT_W * OUT_H * OUT_D);
    int first = k / GROUP_K * GROUP_C;
    float sum = bias_of(k);
    for (int d = 0; d < KERNEL_D; d++)
        for (int r = 0; r < KERNEL_H; r++)
            for (int s = 0; s < KERNEL_W; s++)
            {
                int z = od * STRIDE_D - PAD_D + d * DILATION_D;
                int v = oh * STRIDE_H - PAD_H + r * DILATION_H;
                int u = ow * STRIDE_W - PAD_W + s * DILATION_W;
                if (z < 0 || z >= IN_D || v < 0 || v >= IN_H || u < 0 || u >= IN_W)
                    continue;
                int from = (((n * IN_D + z) * IN_H + v) * IN_W + u) * X_PITCH + X_OFFSET + first;
                int weight = ((k * GROUP_C * KERNEL_D + d) * KERNEL_H + r) * KERNEL_W + s;
                for (int c = 0; c < GROUP_C; c++)
                    sum = fma(x[from + c], w[weight + c * (KERNEL_D * KERNEL_H * KERNEL_W)], sum);
            }
    y[p * Y_PITCH + Y_OFFSET + k] = finish(sum, p, k);
}
