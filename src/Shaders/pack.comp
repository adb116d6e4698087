// Elements of a dense parameter on their way into a packed form: four nested loops, one thread for each round, innermost loop last. The numbers
// are uniforms, so that one program packs every form: it runs when a parameter has changed, not in every pass.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) writeonly buffer Y { float y[]; };
layout(location = 0) uniform int extents[4];
layout(location = 4) uniform int from[5];                           // what each loop moves by, and where they begin
layout(location = 9) uniform int to[5];
layout(location = 14) uniform float scale;

void main()
{
    int i = int(flat_thread());
    if (i >= extents[0] * extents[1] * extents[2] * extents[3])
        return;
    int source = from[4], target = to[4];
    for (int loop = 3; loop >= 0; loop--)
    {
        int at = i % extents[loop];
        i /= extents[loop];
        source += at * from[loop];
        target += at * to[loop];
    }
    y[target] = scale * x[source];
}
