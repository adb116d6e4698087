// The least and the greatest finite value of each channel of a layer, which the channel's own scale follows by SPEED. A group takes
// CHANNELS_PER_GROUP neighbouring channels, LANES threads each, and combines the lanes as a tree: the order is fixed.
// SHOWN channels of PIXELS values; X_OFFSET, CHANNEL and PIXEL as in feature_range.comp. Scale 0 is the layer's, channels follow.
#include "grid.glsl"
layout(local_size_x = CHANNELS_PER_GROUP * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Scales { vec4 scales[]; };       // low, high, whether it has begun

shared float lows[CHANNELS_PER_GROUP * LANES];
shared float highs[CHANNELS_PER_GROUP * LANES];

void main()
{
    int thread = int(gl_LocalInvocationIndex), lane = thread / CHANNELS_PER_GROUP;
    int channel = int(flat_group()) * CHANNELS_PER_GROUP + thread % CHANNELS_PER_GROUP;
    float low = uintBitsToFloat(0x7F800000u), high = -low;
    if (channel < SHOWN)
        for (int i = lane; i < PIXELS; i += LANES)
        {
            float value = x[X_OFFSET + channel * CHANNEL + i * PIXEL];
            if ((floatBitsToUint(value) & 0x7F800000u) == 0x7F800000u) continue;
            low = min(low, value);
            high = max(high, value);
        }
    lows[thread] = low;
    highs[thread] = high;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step)
        {
            lows[thread] = min(lows[thread], lows[thread + step * CHANNELS_PER_GROUP]);
            highs[thread] = max(highs[thread], highs[thread + step * CHANNELS_PER_GROUP]);
        }
        barrier();
    }
    if (lane > 0 || channel >= SHOWN) return;
    vec2 now = lows[thread] <= highs[thread] ? vec2(lows[thread], highs[thread]) : vec2(0.0);
    vec4 scale = scales[1 + channel];
    scales[1 + channel] = vec4(scale.z == 0.0 ? now : scale.xy + (now - scale.xy) * SPEED, 1.0, 0.0);
}
