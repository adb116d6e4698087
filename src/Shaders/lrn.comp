// One thread computes one element: x / (BIAS + ALPHA * sum of squares over the channels c - BEFORE .. c + AFTER)^beta, the power as
// the expression POWER(x).
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= PIXELS * CHANNELS)
        return;
    int c = i % CHANNELS, p = i / CHANNELS, from = p * X_PITCH + X_OFFSET;
    float sum = 0.0;
    for (int k = max(0, c - BEFORE); k <= min(CHANNELS - 1, c + AFTER); k++)
        sum = fma(x[from + k], x[from + k], sum);
    y[p * Y_PITCH + Y_OFFSET + c] = x[from + c] / POWER(BIAS + ALPHA * sum);
}
