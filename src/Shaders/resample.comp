// One thread computes one element (or four neighbours, T = vec4): the sum along one axis of weighted places of x. The words are, for AXIS_COUNT
// places of the result, where the terms of each begin and end, its constant, and behind them place and weight of every term.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer X { T x[]; };
layout(std430, binding = 1) readonly buffer Words { int words[]; };
layout(std430, binding = 2) buffer Y { T y[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= COUNT)
        return;
    int place = PLACE_AT(i), first = X_AT(i);
    T sum = T(intBitsToFloat(words[AXIS_COUNT + 1 + place]));
    for (int term = words[place]; term < words[place + 1]; term++)
    {
        int at = 2 * (AXIS_COUNT + term) + 1;
        sum += intBitsToFloat(words[at + 1]) * x[first + words[at] * AXIS_STEP];
    }
    y[Y_AT(i)] = sum;
}
