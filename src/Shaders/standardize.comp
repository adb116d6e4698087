// One thread computes one element (or four neighbours, T = vec4) of y = (x - mean) * FACTOR * scale + shift, FACTOR being an expression of v,
// what was measured of the element's group. Mean, scale and shift are left out where they have no block.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) buffer Y { Y_T out_y[]; };
layout(std430, binding = 1) readonly buffer X { X_T in_x[]; };
layout(std430, binding = 2) readonly buffer V { V_T in_measured[]; };
#ifdef M_BLOCK
layout(std430, binding = M_BLOCK) readonly buffer M { M_T in_mean[]; };
#endif
#ifdef S_BLOCK
layout(std430, binding = S_BLOCK) readonly buffer S { S_T in_scale[]; };
#endif
#ifdef B_BLOCK
layout(std430, binding = B_BLOCK) readonly buffer B { B_T in_shift[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    T value = T(in_x[X_AT(i)]), v = T(in_measured[V_AT(i)]);
#ifdef M_BLOCK
    value -= T(in_mean[M_AT(i)]);
#endif
    value *= FACTOR;
#ifdef S_BLOCK
    value *= T(in_scale[S_AT(i)]);
#endif
#ifdef B_BLOCK
    value += T(in_shift[B_AT(i)]);
#endif
    out_y[Y_AT(i)] = value;
}
