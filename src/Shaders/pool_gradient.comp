// A group is 64 threads over neighbouring channels; a thread computes four channels of one input pixel: what the windows over it pass
// back. A maximum passes all to the first largest element of its window, so every window is searched again; an average (AVERAGE) the
// same share to every element that it counted. The defines are those of the forward pooling, X is the gradient of its output.
#include "grid.glsl"
layout(local_size_x = 64) in;
#include "quads.glsl"
#include "epilogue.glsl"

#if !AVERAGE
#if V_VEC
layout(std430, binding = 1) readonly buffer Values { vec4 values[]; };
vec4 value_of(int pixel, int quad) { return values[pixel * (V_PITCH / 4) + V_OFFSET / 4 + quad]; }
#else
layout(std430, binding = 1) readonly buffer Values { float values[]; };
vec4 value_of(int pixel, int quad)
{
    int at = pixel * V_PITCH + V_OFFSET, c = quad * 4;
    return vec4(values[at + c], values[at + min(c + 1, CHANNELS - 1)], values[at + min(c + 2, CHANNELS - 1)], values[at + min(c + 3, CHANNELS - 1)]);
}
#endif
#endif

// A place's position in output steps: none where it lies between outputs or outside.
bool reaches(int at, int stride, int extent) { return at >= 0 && at % stride == 0 && at / stride < extent; }

// The part of a window's gradient that its tap d, r, s gets; the window begins at a plane, row and column of image n.
vec4 share(ivec3 start, int n, int tap, int quad)
{
#if AVERAGE
    int count = 0;
#else
    vec4 most = vec4(0.0);
    ivec4 place = ivec4(-1);
#endif
    for (int t = 0; t < KERNEL_D * KERNEL_H * KERNEL_W; t++)
    {
        int z = start.x + t / (KERNEL_H * KERNEL_W) * DILATION_D, v = start.y + t / KERNEL_W % KERNEL_H * DILATION_H, u = start.z + t % KERNEL_W * DILATION_W;
        bool inside = uint(z) < uint(IN_D) && uint(v) < uint(IN_H) && uint(u) < uint(IN_W);
#if AVERAGE
#if COUNT_PADDING
        count += int(z < IN_D + PAD_BACK && v < IN_H + PAD_BOTTOM && u < IN_W + PAD_RIGHT);
#else
        count += int(inside);
#endif
#else
        if (!inside)
            continue;
        vec4 value = value_of(((n * IN_D + z) * IN_H + v) * IN_W + u, quad);
        bvec4 larger = bvec4(uvec4(greaterThan(value, most)) | uvec4(equal(place, ivec4(-1))));
        most = mix(most, value, larger);
        place = ivec4(larger.x ? t : place.x, larger.y ? t : place.y, larger.z ? t : place.z, larger.w ? t : place.w);
#endif
    }
#if AVERAGE
    return vec4(1.0 / float(max(count, 1)));
#else
    return vec4(equal(place, ivec4(tap)));
#endif
}

void main()
{
    int i = int(flat_thread());
    int quad = i % CHANNEL_QUADS, p = i / CHANNEL_QUADS;
    if (p >= N * IN_D * IN_H * IN_W)
        return;
    int n = p / (IN_W * IN_H * IN_D);
    vec4 sum = vec4(0.0);
    for (int t = 0; t < KERNEL_D * KERNEL_H * KERNEL_W; t++)
    {
        int z = p / (IN_W * IN_H) % IN_D + PAD_D - t / (KERNEL_H * KERNEL_W) * DILATION_D;
        int v = p / IN_W % IN_H + PAD_H - t / KERNEL_W % KERNEL_H * DILATION_H;
        int u = p % IN_W + PAD_W - t % KERNEL_W * DILATION_W;
        if (!reaches(z, STRIDE_D, OUT_D) || !reaches(v, STRIDE_H, OUT_H) || !reaches(u, STRIDE_W, OUT_W))
            continue;
        vec4 gradient = fetch(((n * OUT_D + z / STRIDE_D) * OUT_H + v / STRIDE_H) * OUT_W + u / STRIDE_W, quad);
        vec4 part = share(ivec3(z - PAD_D, v - PAD_H, u - PAD_W), n, t, quad);
        // Where it passes nothing, not even what no number times 0 would be.
        sum += mix(vec4(0.0), gradient * part, notEqual(part, vec4(0.0)));
    }
    finish4(sum, p, quad * 4, CHANNELS);
}
