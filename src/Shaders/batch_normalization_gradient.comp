// One thread computes one element (or four neighbours, T = vec4) of dx = scale / deviation (dy - mean of dy - x' mean of dy x'), with x'
// the normalized x; without TRAINING of scale / deviation dy.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { X_T in_x[]; };
layout(std430, binding = 1) readonly buffer Dy { DY_T in_dy[]; };
layout(std430, binding = 2) readonly buffer Scale { S_T in_scale[]; };
layout(std430, binding = 3) readonly buffer Mean { M_T in_mean[]; };
layout(std430, binding = 4) readonly buffer Variance { V_T in_variance[]; };
layout(std430, binding = 5) readonly buffer Sums { P_T sums[]; };
layout(std430, binding = 6) buffer Dx { DX_T out_dx[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    T inverse = T(1.0) / sqrt(T(in_variance[V_AT(i)]) + T(EPSILON)), back = T(in_dy[DY_AT(i)]);
#if TRAINING
    T normal = (T(in_x[X_AT(i)]) - T(in_mean[M_AT(i)])) * inverse;
    back -= (T(sums[P_AT(i)]) + normal * T(sums[Q_AT(i)])) / PIXELS;
#endif
    out_dx[DX_AT(i)] = T(in_scale[S_AT(i)]) * inverse * back;
}
