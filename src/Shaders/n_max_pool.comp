// One thread computes one channel of one output pixel: the mean of the MOST largest elements of its window, which it keeps in order.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };
#include "window.glsl"

void main()
{
    int i = int(flat_thread()), c = i % CHANNELS, p = i / CHANNELS;
    if (p >= N * OUT_D * OUT_H * OUT_W)
        return;
    float largest[MOST];
    int count = 0;
    for (int t = 0; t < TAPS; t++)
    {
        int pixel = seen(p, t);
        if (pixel < 0)
            continue;
        float value = x[pixel * X_PITCH + X_OFFSET + c];
        for (int k = 0; k < count; k++)
            if (value > largest[k])
            {
                float smaller = largest[k];
                largest[k] = value;
                value = smaller;
            }
        if (count < MOST)
            largest[count++] = value;
    }
    float sum = 0.0;
    for (int k = 0; k < count; k++)
        sum += largest[k];
    y[p * Y_PITCH + Y_OFFSET + c] = sum / float(max(count, 1));
}
