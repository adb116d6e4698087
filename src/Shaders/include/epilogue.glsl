// What a matrix kernel does with finished sums before its only write: bias, residual, activation. Channels k, output pixel (row) p.
// Y_PIXEL says which pixel of the output pixel p is, Y_AT which element its channel k is, where they do not simply follow each other.
// OUT_VEC: four channels from a multiple of 4 on are one vec4 of the output and of the residual; else they are written one by one.
#if OUT_VEC
layout(std430, binding = Y_BINDING) buffer Y { vec4 y[]; };
#else
layout(std430, binding = Y_BINDING) buffer Y { float y[]; };
#endif
#ifndef Y_PIXEL
#define Y_PIXEL(p) (p)
#endif
#ifndef Y_AT
#define Y_AT(p, k) (Y_PIXEL(p) * Y_PITCH + Y_OFFSET + (k))
#endif
#ifdef BIAS_BINDING
layout(std430, binding = BIAS_BINDING) readonly buffer Bias { float bias[]; };
float bias_of(int k) { return bias[BIAS_OFFSET + k]; }
#else
float bias_of(int k) { return 0.0; }
#endif
#ifdef RESIDUAL_BINDING
#if OUT_VEC
layout(std430, binding = RESIDUAL_BINDING) readonly buffer Residual { vec4 residual[]; };
#else
layout(std430, binding = RESIDUAL_BINDING) readonly buffer Residual { float residual[]; };
#endif
#endif

#if !OUT_VEC
void finish(float sum, int p, int k)
{
    float x = sum + bias_of(k);
#ifdef RESIDUAL_BINDING
    x += residual[p * RESIDUAL_PITCH + RESIDUAL_OFFSET + k];
#endif
    y[Y_AT(p, k)] = ACTIVATE(x);
}
#endif

// Channels k..k+3 of pixel p, of which those below end exist.
void finish4(vec4 sum, int p, int k, int end)
{
#if OUT_VEC
    if (k >= end)
        return;
    vec4 x = sum + vec4(bias_of(k), bias_of(k + 1), bias_of(k + 2), bias_of(k + 3));
#ifdef RESIDUAL_BINDING
    x += residual[p * (RESIDUAL_PITCH / 4) + (RESIDUAL_OFFSET + k) / 4];
#endif
    y[Y_PIXEL(p) * (Y_PITCH / 4) + (Y_OFFSET + k) / 4] = ACTIVATE(x);
#else
    if (k < end) finish(sum.x, p, k);
    if (k + 1 < end) finish(sum.y, p, k + 1);
    if (k + 2 < end) finish(sum.z, p, k + 2);
    if (k + 3 < end) finish(sum.w, p, k + 3);
#endif
}
