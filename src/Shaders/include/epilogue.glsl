// What a matrix kernel does with a finished sum before its only write: bias, residual, activation. Channels k, pixel p.
#ifdef BIAS_BINDING
layout(std430, binding = BIAS_BINDING) readonly buffer Bias { float bias[]; };
float bias_of(int k) { return bias[k]; }
#else
float bias_of(int k) { return 0.0; }
#endif
#ifdef RESIDUAL_BINDING
layout(std430, binding = RESIDUAL_BINDING) readonly buffer Residual { float residual[]; };
float residual_of(int p, int k) { return residual[p * RESIDUAL_PITCH + RESIDUAL_OFFSET + k]; }
#else
float residual_of(int p, int k) { return 0.0; }
#endif
float finish(float sum, int p, int k)
{
    float x = sum + residual_of(p, k);
    return ACTIVATE(x);
}
