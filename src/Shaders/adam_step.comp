// One thread updates one element of a parameter by Adam, with decay in the gradient or (DECOUPLED) of the weight itself.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = W_BLOCK) readonly buffer W { float w[]; };
layout(std430, binding = G_BLOCK) readonly buffer G { float g[]; };
layout(std430, binding = RATE_BLOCK) readonly buffer Rate { float rate[]; };
layout(std430, binding = FACTOR_BLOCK) readonly buffer Factor { float factor[]; };
layout(std430, binding = A_BLOCK) readonly buffer A { float a[]; };
layout(std430, binding = B_BLOCK) readonly buffer B { float b[]; };
layout(std430, binding = STEP_BLOCK) readonly buffer Step { float steps[]; };
layout(std430, binding = NEXT_W_BLOCK) buffer NextW { float next_w[]; };
layout(std430, binding = NEXT_A_BLOCK) buffer NextA { float next_a[]; };
layout(std430, binding = NEXT_B_BLOCK) buffer NextB { float next_b[]; };

// 1 - beta^t. With beta near 1 and t small the power is near 1 too: the sum of the series of expm1 loses nothing there.
float started(float beta, float t)
{
    float x = t * log(beta);
    return x > -0.1 ? -x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0)))) : 1.0 - exp(x);
}

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    float t = steps[STEP_OFFSET] + 1.0;
    float weight = w[W_OFFSET + i], slope = g[G_OFFSET + i] * factor[FACTOR_OFFSET], lost = weight * DECAY;
#if !DECOUPLED
    slope += lost;
#endif
    float mean = a[A_OFFSET + i] * BETA1 + slope * (1.0 - BETA1);
    float square = b[B_OFFSET + i] * BETA2 + slope * slope * (1.0 - BETA2);
    next_a[NEXT_A_OFFSET + i] = mean;
    next_b[NEXT_B_OFFSET + i] = square;
    float way = mean / started(BETA1, t) / (sqrt(square / started(BETA2, t)) + EPSILON);
#if DECOUPLED
    way += lost;
#endif
    next_w[NEXT_W_OFFSET + i] = weight - way * rate[RATE_OFFSET];
}
