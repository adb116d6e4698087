// A pooling's windows over channels-last pixels, single channels: which input pixel tap t of output pixel p is (-1 outside), and which output
// pixel sees input pixel p through tap t (-1 for none).
#define TAPS (KERNEL_D * KERNEL_H * KERNEL_W)

int seen(int p, int t)
{
    int z = p / (OUT_W * OUT_H) % OUT_D * STRIDE_D - PAD_D + t / (KERNEL_H * KERNEL_W) * DILATION_D;
    int v = p / OUT_W % OUT_H * STRIDE_H - PAD_H + t / KERNEL_W % KERNEL_H * DILATION_H;
    int u = p % OUT_W * STRIDE_W - PAD_W + t % KERNEL_W * DILATION_W;
    bool inside = uint(z) < uint(IN_D) && uint(v) < uint(IN_H) && uint(u) < uint(IN_W);
    return inside ? ((p / (OUT_W * OUT_H * OUT_D) * IN_D + z) * IN_H + v) * IN_W + u : -1;
}

bool reaches(int at, int stride, int extent) { return at >= 0 && at % stride == 0 && at / stride < extent; }

int seeing(int p, int t)
{
    int z = p / (IN_W * IN_H) % IN_D + PAD_D - t / (KERNEL_H * KERNEL_W) * DILATION_D;
    int v = p / IN_W % IN_H + PAD_H - t / KERNEL_W % KERNEL_H * DILATION_H;
    int u = p % IN_W + PAD_W - t % KERNEL_W * DILATION_W;
    return reaches(z, STRIDE_D, OUT_D) && reaches(v, STRIDE_H, OUT_H) && reaches(u, STRIDE_W, OUT_W)
        ? ((p / (IN_W * IN_H * IN_D) * OUT_D + z / STRIDE_D) * OUT_H + v / STRIDE_H) * OUT_W + u / STRIDE_W : -1;
}
