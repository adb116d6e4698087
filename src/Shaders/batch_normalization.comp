// One thread computes one element (or four neighbours, T = vec4) of y = scale (x - mean) / sqrt(variance + EPSILON) + shift.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { X_T in_x[]; };
layout(std430, binding = 1) readonly buffer S { S_T in_scale[]; };
layout(std430, binding = 2) readonly buffer B { B_T in_shift[]; };
layout(std430, binding = 3) readonly buffer M { M_T in_mean[]; };
layout(std430, binding = 4) readonly buffer V { V_T in_variance[]; };
layout(std430, binding = 5) buffer Y { Y_T out_y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
        out_y[Y_AT(i)] = (T(in_x[X_AT(i)]) - T(in_mean[M_AT(i)])) * (T(in_scale[S_AT(i)]) / sqrt(T(in_variance[V_AT(i)]) + EPSILON)) + T(in_shift[B_AT(i)]);
}
