// A group sums 16 channels over all pixels: dy, and dy (x - mean) / deviation. A thread takes every 16th pixel of one channel; the
// threads' sums are added as a tree.
#include "grid.glsl"
layout(local_size_x = 256) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Dy { float dy[]; };
layout(std430, binding = 2) readonly buffer Mean { float mean[]; };
layout(std430, binding = 3) readonly buffer Variance { float variance[]; };
layout(std430, binding = 4) buffer Sums { float sums[]; };
#ifdef SCALE_BLOCK
layout(std430, binding = SCALE_BLOCK) buffer Scale { float scale[]; };
#endif
#ifdef SHIFT_BLOCK
layout(std430, binding = SHIFT_BLOCK) buffer Shift { float shift[]; };
#endif

shared float plain[256];
shared float centered[256];

void main()
{
    int thread = int(gl_LocalInvocationIndex), group = int(flat_group());
    if (group * 16 >= CHANNELS)
        return;
    int number = group * 16 + thread % 16, c = min(number, CHANNELS - 1);
    float middle = mean[M_OFFSET + c], a = 0.0, b = 0.0;
    for (int p = thread / 16; p < PIXELS; p += 16)
    {
        float back = dy[DY_OFFSET + p * DY_PITCH + c];
        a += back;
        b += back * (x[X_OFFSET + p * X_PITCH + c] - middle);
    }
    plain[thread] = a;
    centered[thread] = b;
    barrier();
    for (int step = 128; step >= 16; step /= 2)
    {
        if (thread < step)
        {
            plain[thread] += plain[thread + step];
            centered[thread] += centered[thread + step];
        }
        barrier();
    }
    if (thread < 16 && number < CHANNELS)
    {
        float way = centered[thread] / sqrt(variance[V_OFFSET + c] + EPSILON);
        sums[c] = plain[thread];
        sums[CHANNELS + c] = way;
#ifdef SCALE_BLOCK
        scale[SCALE_OFFSET + c] = way;
#endif
#ifdef SHIFT_BLOCK
        shift[SHIFT_OFFSET + c] = plain[thread];
#endif
    }
}
