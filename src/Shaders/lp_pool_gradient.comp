// One thread computes one channel of one input pixel: what the P-norms of all windows over it pass back, each norm computed again.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Dy { float dy[]; };
layout(std430, binding = 1) readonly buffer X { float x[]; };
layout(std430, binding = 2) buffer Dx { float dx[]; };
#include "window.glsl"
#include "norm.glsl"

void main()
{
    int i = int(flat_thread()), c = i % CHANNELS, p = i / CHANNELS;
    if (p >= N * IN_D * IN_H * IN_W)
        return;
    float own = x[p * X_PITCH + X_OFFSET + c], sum = 0.0;
    for (int t = 0; t < TAPS; t++)
    {
        int from = seeing(p, t);
        if (from < 0)
            continue;
        float total = 0.0;
        for (int s = 0; s < TAPS; s++)
        {
            int pixel = seen(from, s);
            if (pixel >= 0)
                total += power(x[pixel * X_PITCH + X_OFFSET + c], P);
        }
        float norm = root(total);
        if (norm > 0.0)
            sum += dy[from * DY_PITCH + DY_OFFSET + c] * sign(own) * power(own / norm, P - 1);
    }
    dx[p * DX_PITCH + DX_OFFSET + c] = sum;
}
