// One thread computes one element (or four neighbours, T = vec4) of y = c ? a : b, each of which may be repeated (stride 0).
#include "grid.glsl"
#include "elementwise.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer C { C_T in_c[]; };
layout(std430, binding = 1) readonly buffer A { A_T in_a[]; };
layout(std430, binding = 2) readonly buffer B { B_T in_b[]; };
layout(std430, binding = 3) buffer Y { T out_y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
        out_y[Y_AT(i)] = mix(T(in_a[A_AT(i)]), T(in_b[B_AT(i)]), isEqual(T(in_c[C_AT(i)]), T(0.0)));
}
