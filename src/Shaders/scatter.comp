// One thread computes one element: that of x (zero without), then every element of u put to it, in order. The lists say for each place where its
// elements are listed from and to.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer U { float u[]; };
layout(std430, binding = 1) readonly buffer Lists { int lists[]; };
layout(std430, binding = 2) buffer Y { float y[]; };
#ifdef X_BINDING
layout(std430, binding = X_BINDING) readonly buffer X { float x[]; };
#endif

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
#ifdef X_BINDING
    float value = x[X_OFFSET + i];
#else
    float value = 0.0;
#endif
    for (int at = lists[i]; at < lists[i + 1]; at++)
        value = PUT(value, u[U_OFFSET + lists[at]]);
    y[Y_OFFSET + i] = value;
}
