// One thread computes one element (or four neighbours, T = vec4) of y = activation(scale x + shift), scale and shift by channel.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { X_T in_x[]; };
layout(std430, binding = 1) readonly buffer S { S_T in_scale[]; };
layout(std430, binding = 2) readonly buffer B { B_T in_shift[]; };
layout(std430, binding = 3) buffer Y { Y_T out_y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
    {
        T x = T(in_x[X_AT(i)]) * T(in_scale[S_AT(i)]) + T(in_shift[B_AT(i)]);
        out_y[Y_AT(i)] = ACTIVATE(x);
    }
}
