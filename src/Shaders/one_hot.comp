// One thread computes one element: the second value where its place along the axis is the one its index names, else the first.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Values { float values[]; };
layout(std430, binding = 2) buffer Y { float y[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int place = i / INNER % DEPTH;
    float index = x[X_OFFSET + i / (INNER * DEPTH) * INNER + i % INNER];
    bool named = index >= float(-DEPTH) && index < float(DEPTH) && int(index < 0.0 ? index + float(DEPTH) : index) == place;
    y[Y_OFFSET + i] = values[V_OFFSET + (named ? 1 : 0)];
}
