// The values that a layer's maps show darkest and brightest: two quantiles of evenly spread samples, sorted by one group, which the
// scale then follows by SPEED. Every step is in a fixed order; MapScale is the same on the CPU.
// X_OFFSET, CHANNEL and PIXEL (floats from a channel or pixel to the next), CHANNELS, SAMPLES every STEP elements, channels fastest.
// PADDED: SAMPLES rounded up to a power of two.
layout(local_size_x = THREADS) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Scales { vec4 scales[]; };       // low, high, whether it has begun

shared float samples[PADDED];
shared uint finite;

void main()
{
    uint thread = gl_LocalInvocationIndex;
    if (thread == 0u) finite = 0u;
    barrier();
    for (uint i = thread; i < uint(PADDED); i += uint(THREADS))
    {
        // What is not a number, or has no end, sorts behind the rest and is not counted.
        float value = uintBitsToFloat(0x7F800000u);
        if (i < uint(SAMPLES))
        {
            int element = int(i) * STEP;
            float read = x[X_OFFSET + element % CHANNELS * CHANNEL + element / CHANNELS * PIXEL];
            if ((floatBitsToUint(read) & 0x7F800000u) != 0x7F800000u)
            {
                value = read;
                atomicAdd(finite, 1u);
            }
        }
        samples[i] = value;
    }
    barrier();
    // Bitonic: runs of 2, 4, .. size sorted up and down in turn.
    for (uint size = 2u; size <= uint(PADDED); size *= 2u)
        for (uint way = size / 2u; way > 0u; way /= 2u)
        {
            for (uint pair = thread; pair < uint(PADDED / 2); pair += uint(THREADS))
            {
                uint i = pair / way * way * 2u + pair % way;
                float a = samples[i], b = samples[i + way];
                if ((a > b) == ((i & size) == 0u))
                {
                    samples[i] = b;
                    samples[i + way] = a;
                }
            }
            barrier();
        }
    if (thread != 0u || finite == 0u) return;
    float last = float(finite - 1u);
    float darkest = samples[uint(LOW_QUANTILE * last)], brightest = samples[uint(HIGH_QUANTILE * last)];
    vec2 now = vec2(darkest, brightest);
    vec4 scale = scales[0];
    scale.xy = scale.z == 0.0 ? now : scale.xy + (now - scale.xy) * SPEED;
    // A constant layer is drawn dark.
    scale.y = max(scale.y, scale.x + 1e-6 + abs(scale.x) * 1e-6);
    scales[0] = vec4(scale.xy, 1.0, 0.0);
}
