// One thread computes one element (or four neighbours, T = vec4) of y = f(a, b), either of which may be repeated (stride 0);
// EXPRESSION is f of two T named a and b.
#include "grid.glsl"
#include "elementwise.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer A { A_T in_a[]; };
layout(std430, binding = 1) readonly buffer B { B_T in_b[]; };
layout(std430, binding = 2) buffer Y { T out_y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
    {
        T a = T(in_a[A_AT(i)]), b = T(in_b[B_AT(i)]);
        out_y[Y_AT(i)] = EXPRESSION;
    }
}
