// A group normalizes ROWS rows of LENGTH elements; a thread holds every LANES-th element of one of them. The largest element is
// subtracted before exp; LOGARITHM gives x - log(sum exp x). Rows lie INNER elements apart in steps of LENGTH * INNER.
#include "grid.glsl"
layout(local_size_x = ROWS * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };

#if LANES > 1
shared float parts[ROWS * LANES];
#endif

void main()
{
    int group = int(flat_group()), thread = int(gl_LocalInvocationIndex);
    if (group * ROWS >= COUNT)
        return;
    int lane = thread / ROWS, number = group * ROWS + thread % ROWS, row = min(number, COUNT - 1);
    int first = row / INNER * (LENGTH * INNER) + row % INNER;

    float largest = x[X_OFFSET + first];
    for (int i = lane; i < LENGTH; i += LANES)
        largest = max(largest, x[X_OFFSET + first + i * INNER]);
#if LANES > 1
    parts[thread] = largest;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step)
            parts[thread] = max(parts[thread], parts[thread + step * ROWS]);
        barrier();
    }
    largest = parts[thread % ROWS];
    barrier();
#endif

    float sum = 0.0;
    for (int i = lane; i < LENGTH; i += LANES)
        sum += exp(x[X_OFFSET + first + i * INNER] - largest);
#if LANES > 1
    parts[thread] = sum;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step)
            parts[thread] += parts[thread + step * ROWS];
        barrier();
    }
    sum = parts[thread % ROWS];
#endif

    if (number >= COUNT)
        return;
#if LOGARITHM
    float shift = largest + log(sum);
    for (int i = lane; i < LENGTH; i += LANES)
        y[Y_OFFSET + first + i * INNER] = x[X_OFFSET + first + i * INNER] - shift;
#else
    for (int i = lane; i < LENGTH; i += LANES)
        y[Y_OFFSET + first + i * INNER] = exp(x[X_OFFSET + first + i * INNER] - largest) / sum;
#endif
}
