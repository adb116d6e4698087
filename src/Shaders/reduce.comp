// A group reduces ROWS groups of REDUCED elements; a thread holds every LANES-th of one of them, and the lanes are then combined as a
// tree: the order is fixed. KIND 0 mean, 1 largest, 2 mean square distance from a center, 3 sum, 4 sum of squares.
// X_AT, CENTER_AT and Y_AT give the first element of a result's input, R_AT the way from there to each element.
#include "grid.glsl"
layout(local_size_x = ROWS * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };
#if KIND == 2
layout(std430, binding = 2) readonly buffer Centers { float centers[]; };
#endif

#if LANES > 1
shared float parts[ROWS * LANES];
#endif

float combine(float a, float b)
{
#if KIND == 1
    return max(a, b);
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
#if KIND == 1
    float total = uintBitsToFloat(0xFF800000u);
#else
    float total = 0.0;
#endif
#if KIND == 2
    float center = centers[CENTER_AT(row)];
#endif
    for (int i = lane; i < REDUCED; i += LANES)
    {
        float value = x[from + R_AT(i)];
#if KIND == 2
        value -= center;
        value *= value;
#endif
#if KIND == 4
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
#if KIND == 0 || KIND == 2
    total /= float(REDUCED);
#endif
    if (lane == 0 && result < COUNT)
        y[Y_AT(result)] = total;
}
