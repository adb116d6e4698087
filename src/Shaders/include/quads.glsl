// Four channels of an input pixel, for kernels in which channels never mix: what lies in lanes beyond the last channel stays in
// those lanes and is never written. X_VEC: a quad is one vec4.
#if X_VEC
layout(std430, binding = 0) readonly buffer X { vec4 x[]; };
#else
layout(std430, binding = 0) readonly buffer X { float x[]; };
#endif
#define CHANNEL_QUADS ((CHANNELS + 3) / 4)

vec4 fetch(int pixel, int quad)
{
#if X_VEC
    return x[pixel * (X_PITCH / 4) + X_OFFSET / 4 + quad];
#else
    int at = pixel * X_PITCH + X_OFFSET, c = quad * 4;
    return vec4(x[at + c], x[at + min(c + 1, CHANNELS - 1)], x[at + min(c + 2, CHANNELS - 1)], x[at + min(c + 3, CHANNELS - 1)]);
#endif
}
