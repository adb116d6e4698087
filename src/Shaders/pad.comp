// One thread computes one output element: AXES walks its coordinates from the fastest axis on; each is moved by the padding before
// and then kept, mirrored (MODE 1), held at the edge (2) or wrapped (3); outside stands VALUE (0).
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) buffer Y { float y[]; };

int place(int at, int extent)
{
#if MODE == 1
    return at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at;
#elif MODE == 2
    return clamp(at, 0, extent - 1);
#elif MODE == 3
    // A remainder of a negative number is undefined.
    return at < 0 ? extent - 1 - (-1 - at) % extent : at % extent;
#else
    return at;
#endif
}

#define AXIS(output_extent, extent, before, x_stride, y_stride) \
    { \
        int at = rest % output_extent; \
        rest /= output_extent; \
        to += at * y_stride; \
        at = place(at - (before), extent); \
        inside = inside && uint(at) < uint(extent); \
        from += at * x_stride; \
    }

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int rest = i, from = X_OFFSET, to = Y_OFFSET;
    bool inside = true;
    AXES
#if MODE == 0
    float value = VALUE;
    if (inside)
        value = x[from];
    y[to] = value;
#else
    y[to] = x[from];
#endif
}
