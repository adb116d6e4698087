// One thread writes VALUE to one element (or four neighbours, T = vec4).
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) buffer Y { T y[]; };

void main()
{
    int i = int(flat_thread());
    if (i < COUNT)
        y[Y_AT(i)] = T(VALUE);
}
