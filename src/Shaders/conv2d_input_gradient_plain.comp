// One thread computes one element of a convolution's input gradient: every tap that reaches it and output channel in turn, weights where
// W_K, W_C and W_TAP (their strides) say. The defines are those of the forward convolution.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Dy { float dy[]; };
layout(std430, binding = 1) readonly buffer W { float w[]; };
#include "epilogue.glsl"

#define C (GROUP_C * GROUPS)

// Which output saw a place through a tap, times the stride: outside or between outputs is no output at all.
bool reaches(int at, int stride, int extent) { return at >= 0 && at % stride == 0 && at / stride < extent; }

void main()
{
    int i = int(flat_thread());
    if (i >= N * IN_D * IN_H * IN_W * C)
        return;
    int c = i % C, p = i / C;
    int w_in = p % IN_W, h_in = p / IN_W % IN_H, d_in = p / (IN_W * IN_H) % IN_D, n = p / (IN_W * IN_H * IN_D);
    int first = c / GROUP_C * GROUP_K;
    float sum = 0.0;
    for (int tap = 0; tap < KERNEL_D * KERNEL_H * KERNEL_W; tap++)
    {
        int z = d_in + PAD_D - tap / (KERNEL_H * KERNEL_W) * DILATION_D;
        int v = h_in + PAD_H - tap / KERNEL_W % KERNEL_H * DILATION_H;
        int u = w_in + PAD_W - tap % KERNEL_W * DILATION_W;
        if (!reaches(z, STRIDE_D, OUT_D) || !reaches(v, STRIDE_H, OUT_H) || !reaches(u, STRIDE_W, OUT_W))
            continue;
        int from = (((n * OUT_D + z / STRIDE_D) * OUT_H + v / STRIDE_H) * OUT_W + u / STRIDE_W) * DY_PITCH + DY_OFFSET + first;
        int weight = W_OFFSET + c % GROUP_C * W_C + tap * W_TAP;
        for (int k = 0; k < GROUP_K; k++)
            sum = fma(dy[from + k], w[weight + (first + k) * W_K], sum);
    }
    finish(sum, p, c);
}
