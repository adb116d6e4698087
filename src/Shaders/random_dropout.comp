// One thread keeps one element (times KEPT) or drops it, by bits that are a function of SEED, the step and the element's place.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Step { float steps[]; };
layout(std430, binding = 2) buffer Y { float y[]; };

// The same mixer as RandomBits in C#.
uint mixed(uint x)
{
    x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
    x = (x ^ (x >> 13)) * 0xC2B2AE35u;
    return x ^ (x >> 16);
}

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    uint key = mixed(mixed(SEED) ^ uint(steps[STEP_OFFSET]));
    uint bits = mixed(mixed(uint(PLACE(i)) + 0x9E3779B9u) ^ key);
    y[Y_AT(i)] = (bits >> 8) < THRESHOLD ? 0.0 : x[X_AT(i)] * KEPT;
}
