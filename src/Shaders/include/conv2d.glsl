// What the convolution kernels share: the input as quads of channels, and which input pixel a tap sees.
// X_VEC: a quad of channels is one vec4. Lanes beyond the last channel may hold anything and never reach a sum.
#if X_VEC
layout(std430, binding = 0) readonly buffer X { vec4 x[]; };
#else
layout(std430, binding = 0) readonly buffer X { float x[]; };
#endif

#define C_QUADS ((GROUP_C + 3) / 4)
#define K_QUADS ((GROUP_K + 3) / 4)
#define TAPS (KERNEL_D * KERNEL_H * KERNEL_W)
#define PIXELS (N * OUT_D * OUT_H * OUT_W)

// Channels first + 4 quad .. + 3 of an input pixel; those from the group's end on are 0.
vec4 fetch(int pixel, int first, int quad)
{
#if X_VEC
    vec4 v = x[pixel * (X_PITCH / 4) + (X_OFFSET + first) / 4 + quad];
#if GROUP_C % 4 != 0
    if (quad == C_QUADS - 1)
    {
#if GROUP_C % 4 == 1
        v = vec4(v.x, 0.0, 0.0, 0.0);
#elif GROUP_C % 4 == 2
        v = vec4(v.xy, 0.0, 0.0);
#else
        v = vec4(v.xyz, 0.0);
#endif
    }
#endif
    return v;
#else
    int c = quad * 4, at = pixel * X_PITCH + X_OFFSET + first + c;
    vec4 v = vec4(x[at], 0.0, 0.0, 0.0);
    if (c + 1 < GROUP_C) v.y = x[at + 1];
    if (c + 2 < GROUP_C) v.z = x[at + 2];
    if (c + 3 < GROUP_C) v.w = x[at + 3];
    return v;
#endif
}

// Where the first tap of an output pixel lies in the input: plane, row and column (may be outside), and the image.
ivec4 origin_of(int p)
{
    int w = p % OUT_W, h = p / OUT_W % OUT_H, d = p / (OUT_W * OUT_H) % OUT_D, n = p / (OUT_W * OUT_H * OUT_D);
    return ivec4(d * STRIDE_D - PAD_D, h * STRIDE_H - PAD_H, w * STRIDE_W - PAD_W, n);
}

// The number of the input pixel a tap sees, or -1 where it sees padding.
int pixel_under(ivec4 origin, int tap)
{
    int z = origin.x + tap / (KERNEL_H * KERNEL_W) * DILATION_D;
    int v = origin.y + tap / KERNEL_W % KERNEL_H * DILATION_H;
    int u = origin.z + tap % KERNEL_W * DILATION_W;
    int pixel = ((origin.w * IN_D + z) * IN_H + v) * IN_W + u;
#if UNPADDED
    return pixel;
#else
    return uint(z) < uint(IN_D) && uint(v) < uint(IN_H) && uint(u) < uint(IN_W) ? pixel : -1;
#endif
}

vec4 fetch_or_zero(int pixel, int first, int quad)
{
#if UNPADDED
    return fetch(pixel, first, quad);
#else
    vec4 v = fetch(max(pixel, 0), first, quad);
    return pixel < 0 ? vec4(0.0) : v;
#endif
}
