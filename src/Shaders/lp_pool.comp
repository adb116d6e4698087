// One thread computes one channel of one output pixel: the P-norm of its window.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };
#include "window.glsl"
#include "norm.glsl"

void main()
{
    int i = int(flat_thread()), c = i % CHANNELS, p = i / CHANNELS;
    if (p >= N * OUT_D * OUT_H * OUT_W)
        return;
    float sum = 0.0;
    for (int t = 0; t < TAPS; t++)
    {
        int pixel = seen(p, t);
        if (pixel >= 0)
            sum += power(x[pixel * X_PITCH + X_OFFSET + c], P);
    }
    y[p * Y_PITCH + Y_OFFSET + c] = root(sum);
}
