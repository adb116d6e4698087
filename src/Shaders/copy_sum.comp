// One thread computes one element: the sum of its copies, in ascending order. AXES walks the coordinates from the fastest axis on, each
// KEPT or COPIED; of the latter, lists holds from `first` on where the copies of each place begin, counted from `first`, and the copies.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Lists { int lists[]; };
layout(std430, binding = 2) buffer Y { float y[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int rest = i, from = X_OFFSET, to = Y_OFFSET, copies = 1;
#define KEPT(extent, x_stride, y_stride) \
    { \
        int at = rest % extent; \
        rest /= extent; \
        from += at * x_stride; \
        to += at * y_stride; \
    }
#define COPIED(extent, first, x_stride, y_stride) \
    { \
        int at = rest % extent; \
        rest /= extent; \
        to += at * y_stride; \
        copies *= lists[first + at + 1] - lists[first + at]; \
    }
    AXES
#undef KEPT
#undef COPIED
    float sum = 0.0;
    for (int copy = 0; copy < copies; copy++)
    {
        rest = i;
        int place = from, left = copy;
#define KEPT(extent, x_stride, y_stride) rest /= extent;
#define COPIED(extent, first, x_stride, y_stride) \
        { \
            int at = rest % extent, list = lists[first + at], count = lists[first + at + 1] - list; \
            rest /= extent; \
            place += lists[first + list + left % count] * x_stride; \
            left /= count; \
        }
        AXES
        sum += x[place];
    }
    y[to] = sum;
}
