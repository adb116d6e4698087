// One thread quantises one element, or brings one back: EXPRESSION is what becomes of x with its scale and zero point, STEP(i) their place.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float in_x[]; };
layout(std430, binding = 1) readonly buffer S { float in_scale[]; };
layout(std430, binding = 2) buffer Y { float out_y[]; };
#ifdef Z_OFFSET
layout(std430, binding = 3) readonly buffer Z { float in_zero[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    float x = in_x[X_OFFSET + i], scale = in_scale[S_OFFSET + STEP(i)];
#ifdef Z_OFFSET
    float zero = in_zero[Z_OFFSET + STEP(i)];
#else
    float zero = 0.0;
#endif
    out_y[Y_OFFSET + i] = EXPRESSION;
}
