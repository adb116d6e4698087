// One thread updates one element of a parameter: v = momentum v + (factor g + decay w); w -= rate v, or Nesterov's look ahead.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = W_BLOCK) readonly buffer W { float w[]; };
layout(std430, binding = G_BLOCK) readonly buffer G { float g[]; };
layout(std430, binding = RATE_BLOCK) readonly buffer Rate { float rate[]; };
layout(std430, binding = FACTOR_BLOCK) readonly buffer Factor { float factor[]; };
layout(std430, binding = NEXT_W_BLOCK) buffer NextW { float next_w[]; };
#ifdef A_BLOCK
layout(std430, binding = A_BLOCK) readonly buffer A { float a[]; };
layout(std430, binding = NEXT_A_BLOCK) buffer NextA { float next_a[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    float weight = w[W_OFFSET + i], slope = g[G_OFFSET + i] * factor[FACTOR_OFFSET] + weight * DECAY, way = slope;
#ifdef A_BLOCK
    float velocity = a[A_OFFSET + i] * MOMENTUM + slope;
    next_a[NEXT_A_OFFSET + i] = velocity;
    way = velocity;
#if NESTEROV
    way = velocity * MOMENTUM + slope;
#endif
#endif
    next_w[NEXT_W_OFFSET + i] = weight - way * rate[RATE_OFFSET];
}
