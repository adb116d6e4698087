// One number for each channel: the mean over its places. A group takes CHANNELS_PER_GROUP neighbouring channels, LANES threads each, and
// combines the lanes as a tree: the order is fixed. CHANNELS of ROWS x COLUMNS values; the value of channel c in row y and column x is
// X_OFFSET + c * CHANNEL + y * ROW + x * COLUMN.
#include "grid.glsl"
layout(local_size_x = CHANNELS_PER_GROUP * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) writeonly buffer Means { float means[]; };

shared float parts[CHANNELS_PER_GROUP * LANES];

void main()
{
    int thread = int(gl_LocalInvocationIndex), lane = thread / CHANNELS_PER_GROUP;
    int channel = int(flat_group()) * CHANNELS_PER_GROUP + thread % CHANNELS_PER_GROUP;
    int end = channel < CHANNELS ? ROWS * COLUMNS : 0, at = X_OFFSET + channel * CHANNEL;
    float sum = 0.0;
    for (int i = lane; i < end; i += LANES) sum += x[at + i / COLUMNS * ROW + i % COLUMNS * COLUMN];
    parts[thread] = sum;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step) parts[thread] += parts[thread + step * CHANNELS_PER_GROUP];
        barrier();
    }
    if (lane == 0 && channel < CHANNELS) means[channel] = parts[thread] / float(ROWS * COLUMNS);
}
