// One thread computes one element. STAGE 0: what channel c hands to each channel of its window c - BEFORE .. c + AFTER, dy x s^(-beta - 1)
// with s = BIAS + ALPHA * sum of squares over the window. STAGE 1: dx = dy s^-beta - FACTOR x times the sum of what was handed to c.
// The power s^beta is the expression POWER(x).
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Dy { float dy[]; };
layout(std430, binding = 1) readonly buffer X { float x[]; };
layout(std430, binding = 2) buffer Terms { float terms[]; };
#if STAGE == 1
layout(std430, binding = 3) buffer Dx { float dx[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= PIXELS * CHANNELS)
        return;
    int c = i % CHANNELS, p = i / CHANNELS, from = p * X_PITCH + X_OFFSET;
    float squares = 0.0;
    for (int k = max(0, c - BEFORE); k <= min(CHANNELS - 1, c + AFTER); k++)
        squares = fma(x[from + k], x[from + k], squares);
    float s = BIAS + ALPHA * squares, passed = dy[p * DY_PITCH + DY_OFFSET + c] / POWER(s);
#if STAGE == 0
    terms[i] = passed * x[from + c] / s;
#else
    float sum = 0.0;
    for (int k = max(0, c - AFTER); k <= min(CHANNELS - 1, c + BEFORE); k++)
        sum += terms[i - c + k];
    dx[p * DX_PITCH + DX_OFFSET + c] = passed - FACTOR * x[from + c] * sum;
#endif
}
