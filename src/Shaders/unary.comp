// One thread computes one element (or four neighbours, T = vec4) of y = f(x); EXPRESSION is f of a T named x.
#include "grid.glsl"
#include "elementwise.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { T in_x[]; };
layout(std430, binding = 1) buffer Y { T out_y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
    {
        T x = in_x[X_AT(i)];
        out_y[Y_AT(i)] = EXPRESSION;
    }
}
