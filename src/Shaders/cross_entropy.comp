// Cross-entropy of ROWS rows of CLASSES logits z against targets t. STAGE 0: one group, a thread takes every 64th row, the sums are
// then added as a tree; it writes the loss. STAGE 1: the same, but the sum of the rows' weights. STAGE 2: one thread writes one row of
// the gradient.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Z { float z[]; };
layout(std430, binding = 1) readonly buffer T { float t[]; };
layout(std430, binding = Y_BLOCK) buffer Y { float y[]; };
#ifdef W_BLOCK
layout(std430, binding = W_BLOCK) readonly buffer W { float w[]; };
#define WEIGHT(c) w[W_OFFSET + (c)]
#else
#define WEIGHT(c) 1.0
#endif
#if STAGE == 2
layout(std430, binding = DY_BLOCK) readonly buffer Dy { float dy[]; };
layout(std430, binding = COUNT_BLOCK) readonly buffer Count { float count[]; };
#else
shared float terms[64];
shared float counts[64];
#endif

void main()
{
#if STAGE == 2
    int row = int(flat_thread());
    if (row >= ROWS)
        return;
#else
    int thread = int(gl_LocalInvocationIndex);
    float term = 0.0, weight = 0.0;
    for (int row = thread; row < ROWS; row += 64)
#endif
    {
        int z0 = Z_OFFSET + row * CLASSES, t0 = T_OFFSET + row * CLASSES;
#if STAGE != 1
        float largest = z[z0], targets = 0.0, sum = 0.0;
        for (int c = 0; c < CLASSES; c++)
        {
            largest = max(largest, z[z0 + c]);
            targets += t[t0 + c];
        }
        for (int c = 0; c < CLASSES; c++)
            sum += exp(z[z0 + c] - largest);
        float each = SMOOTHING * targets / float(CLASSES);
#endif
#if STAGE == 0
        float normalizer = largest + log(sum);
        for (int c = 0; c < CLASSES; c++)
            term += WEIGHT(c) * (t[t0 + c] * (1.0 - SMOOTHING) + each) * (normalizer - z[z0 + c]);
#endif
#if STAGE != 2
        for (int c = 0; c < CLASSES; c++)
            weight += WEIGHT(c) * t[t0 + c];
#else
        float wanted = 0.0;
        for (int c = 0; c < CLASSES; c++)
            wanted += WEIGHT(c) * (t[t0 + c] * (1.0 - SMOOTHING) + each);
        float factor = count[0] == 0.0 ? 0.0 : dy[DY_OFFSET] / count[0];
        for (int c = 0; c < CLASSES; c++)
            y[Y_OFFSET + row * CLASSES + c] =
                (exp(z[z0 + c] - largest) * (wanted / sum) - WEIGHT(c) * (t[t0 + c] * (1.0 - SMOOTHING) + each)) * factor;
#endif
    }
#if STAGE != 2
    terms[thread] = term;
    counts[thread] = weight;
    barrier();
    for (int step = 32; step > 0; step /= 2)
    {
        if (thread < step)
        {
            terms[thread] += terms[thread + step];
            counts[thread] += counts[thread + step];
        }
        barrier();
    }
    if (thread == 0)
#if STAGE == 0
        y[Y_OFFSET] = counts[0] == 0.0 ? 0.0 : terms[0] / counts[0];
#else
        y[Y_OFFSET] = counts[0];
#endif
#endif
}
