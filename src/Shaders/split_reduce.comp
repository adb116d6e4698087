// A thread adds the SPLITS partial sums of one quad of channels of one pixel, first to last, and finishes it.
// Partial sums are [split][group][pixel][k], k filled up to a multiple of 4. Pixels that are none of the output's (EXISTS) are left out.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Partial { vec4 partial[]; };
#include "epilogue.glsl"

#ifndef EXISTS
#define EXISTS(p) true
#endif
#define K_QUADS ((GROUP_K + 3) / 4)
#define COUNT (GROUPS * PIXELS * K_QUADS)

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    vec4 sum = partial[i];
    for (int split = 1; split < SPLITS; split++)
        sum += partial[split * COUNT + i];
    int group = i / (PIXELS * K_QUADS), p = i / K_QUADS % PIXELS;
    if (EXISTS(p))
        finish4(sum, p, group * GROUP_K + i % K_QUADS * 4, (group + 1) * GROUP_K);
}
