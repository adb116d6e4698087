// How each channel of a layer behaves: least, greatest and mean finite value, deviation, the share of values at the greatest one and the
// share that is finite; and the channel's own scale (three deviations around the mean), which follows by SPEED. A group takes
// CHANNELS_PER_GROUP neighbouring channels, LANES threads each, and combines the lanes as a tree: the order is fixed.
// SHOWN channels of PIXELS values; X_OFFSET, CHANNEL and PIXEL as in feature_range.comp. Scale 0 is the layer's, channels follow.
#include "grid.glsl"
layout(local_size_x = CHANNELS_PER_GROUP * LANES) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Scales { vec4 scales[]; };       // low, high, whether it has begun; behind them two for each state

shared vec4 parts[CHANNELS_PER_GROUP * LANES];

bool is_finite(float value) { return (floatBitsToUint(value) & 0x7F800000u) != 0x7F800000u; }

void main()
{
    int thread = int(gl_LocalInvocationIndex), lane = thread / CHANNELS_PER_GROUP, first = thread % CHANNELS_PER_GROUP;
    int channel = int(flat_group()) * CHANNELS_PER_GROUP + first;
    int end = channel < SHOWN ? PIXELS : 0, at = X_OFFSET + channel * CHANNEL;
    float infinity = uintBitsToFloat(0x7F800000u);

    vec4 part = vec4(infinity, -infinity, 0.0, 0.0);                // least, greatest, sum, count
    for (int i = lane; i < end; i += LANES)
    {
        float value = x[at + i * PIXEL];
        if (!is_finite(value)) continue;
        part = vec4(min(part.x, value), max(part.y, value), part.z + value, part.w + 1.0);
    }
    parts[thread] = part;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step)
        {
            vec4 a = parts[thread], b = parts[thread + step * CHANNELS_PER_GROUP];
            parts[thread] = vec4(min(a.x, b.x), max(a.y, b.y), a.zw + b.zw);
        }
        barrier();
    }
    vec4 all = parts[first];
    float count = all.w, mean = count > 0.0 ? all.z / count : 0.0;
    barrier();

    vec2 spread = vec2(0.0);                                        // squared distances from the mean, values at the greatest
    for (int i = lane; i < end; i += LANES)
    {
        float value = x[at + i * PIXEL];
        if (!is_finite(value)) continue;
        spread += vec2((value - mean) * (value - mean), value == all.y ? 1.0 : 0.0);
    }
    parts[thread].xy = spread;
    barrier();
    for (int step = LANES / 2; step > 0; step /= 2)
    {
        if (lane < step) parts[thread].xy += parts[thread + step * CHANNELS_PER_GROUP].xy;
        barrier();
    }
    if (lane > 0 || channel >= SHOWN) return;

    vec2 range = count > 0.0 ? all.xy : vec2(0.0);
    float deviation = count > 0.0 ? sqrt(parts[thread].x / count) : 0.0;
    scales[1 + SHOWN + 2 * channel] = vec4(range, mean, deviation);
    scales[2 + SHOWN + 2 * channel] = vec4(parts[thread].y / float(PIXELS), count / float(PIXELS), 0.0, 0.0);
    vec2 now = vec2(max(range.x, mean - 3.0 * deviation), min(range.y, mean + 3.0 * deviation));
    vec4 scale = scales[1 + channel];
    scales[1 + channel] = vec4(scale.z == 0.0 ? now : scale.xy + (now - scale.xy) * SPEED, 1.0, 0.0);
}
