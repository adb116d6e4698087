// A group reduces ROWS groups of REDUCED elements; a thread holds every LANES-th of one of them, and the lanes are then combined as a
// tree: the order is fixed. KIND is one of the kinds below. X_AT, CENTER_AT and Y_AT give the first element of a result's input, R_AT the
// way from there to each element.
#include "grid.glsl"
#define KIND_SUM 0
#define KIND_MEAN 1
#define KIND_MAX 2
#define KIND_MIN 3
#define KIND_PROD 4
#define KIND_L1 5
#define KIND_L2 6
#define KIND_SUMSQUARE 7
#define KIND_LOGSUM 8
#define KIND_VARIANCE 9
#define KIND_LOGSUMEXP 10
layout(local_size_x = ROWS * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };
#if KIND == KIND_VARIANCE || KIND == KIND_LOGSUMEXP
layout(std430, binding = 2) readonly buffer Centers { float centers[]; };
#endif

#if LANES > 1
shared float parts[ROWS * LANES];
#endif

float combine(float a, float b)
{
#if KIND == KIND_MAX
    return max(a, b);
#elif KIND == KIND_MIN
    return min(a, b);
#elif KIND == KIND_PROD
    return a * b;
#else
    return a + b;
#endif
}

void main()
{
    int group = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (group * ROWS >= COUNT)
        return;
    int lane = thread / ROWS, result = group * ROWS + thread % ROWS, row = min(result, COUNT - 1);
    int from = X_AT(row);
#if KIND == KIND_MAX
    float total = uintBitsToFloat(0xFF800000u);
#elif KIND == KIND_MIN
    float total = uintBitsToFloat(0x7F800000u);
#elif KIND == KIND_PROD
    float total = 1.0;
#else
    float total = 0.0;
#endif
#if KIND == KIND_VARIANCE || KIND == KIND_LOGSUMEXP
    float center = centers[CENTER_AT(row)];
#endif
#if KIND == KIND_LOGSUMEXP
    // Of an infinite largest there is nothing to subtract.
    center = abs(center) < 3.0e38 ? center : 0.0;
#endif
    for (int i = lane; i < REDUCED; i += LANES)
    {
        float value = x[from + R_AT(i)];
#if KIND == KIND_VARIANCE
        value -= center;
#elif KIND == KIND_LOGSUMEXP
        value = exp(value - center);
#elif KIND == KIND_L1
        value = abs(value);
#endif
#if KIND == KIND_VARIANCE || KIND == KIND_L2 || KIND == KIND_SUMSQUARE
        value *= value;
#endif
        total = combine(total, value);
    }
#if LANES > 1
    parts[thread] = total;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step)
            parts[thread] = combine(parts[thread], parts[thread + step * ROWS]);
        barrier();
    }
    total = parts[thread];
#endif
#if KIND == KIND_MEAN || KIND == KIND_VARIANCE
    total /= float(REDUCED);
#elif KIND == KIND_L2
    total = sqrt(total);
#elif KIND == KIND_LOGSUM
    total = log(total);
#elif KIND == KIND_LOGSUMEXP
    total = center + log(total);
#endif
    if (lane == 0 && result < COUNT)
        y[Y_AT(result)] = total;
}
