// A group computes 8x8 pixels of the tensor; a thread holds one pixel: its footprint's rows summed first, then the columns, then colour
// and normalisation. The definition of the arithmetic is in Vision/Preprocessing.cs; defines come from PreprocessingShader.
//
// Positions are 32.32 fixed point, uvec2(fraction, whole), as on the CPU, so both read the same pixels.
// BYTES_PER_PIXEL 1 gray, 3 blue green red, 4 red green blue alpha. ROW_BYTES, SOURCE_OFFSET in bytes (the offset a multiple of 4).
// For the source's columns (H) and rows (V): SIZE in pixels, FILTER 0 area, 1 triangle, 2 linear, 3 cubic, 4 nearest, STEP, START (of
// target pixel 0: for area its lower edge, else its centre measured from the centre of source pixel -1, which keeps it positive),
// INVERSE_STEP (for 1 and 3 that of the filter's scale, at most 1), REACH of the filters 1 and 3 in whole source pixels.

layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) readonly restrict buffer Source { uint source[]; };
layout(std430, binding = 1) writeonly restrict buffer Target { float target[]; };

const float FRACTION = 1.0 / 4294967296.0;

#if BYTES_PER_PIXEL == 1
#define COLOUR float
#else
#define COLOUR vec3
#endif

// The channels of a pixel in the picture's order.
COLOUR pixel(uint x, uint y)
{
    uint at = uint(SOURCE_OFFSET) + y * uint(ROW_BYTES) + x * uint(BYTES_PER_PIXEL);
    uint shift = (at & 3u) * 8u;
    uint bits = source[at >> 2] >> shift;
#if BYTES_PER_PIXEL == 1
    return float(bits & 255u);
#else
#if BYTES_PER_PIXEL == 3
    if (shift > 8u) bits |= source[(at >> 2) + 1u] << (32u - shift);
#endif
    return vec3(bits & 255u, (bits >> 8) & 255u, (bits >> 16) & 255u);
#endif
}

const int AREA = 0, TRIANGLE = 1, LINEAR = 2, CUBIC = 3, NEAREST = 4;

// Source pixels first..last of one axis and their weights; of a filter's the sum is there and each weight is worked out from the distance.
struct Footprint { uint first; uint last; float weightFirst; float weightMiddle; float weightLast; uvec2 centre; };

uvec2 position(uint i, uvec2 start, uvec2 step)
{
    uint high, low, carry;
    umulExtended(i, step.x, high, low);
    low = uaddCarry(low, start.x, carry);
    return uvec2(low, high + i * step.y + start.y + carry);
}

// A filter at a distance of target pixels.
float value(int filterKind, float x)
{
    if (filterKind == TRIANGLE) return max(0.0, 1.0 - x);
    return x < 1.0 ? (1.5 * x - 2.5) * x * x + 1.0 : x < 2.0 ? ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0 : 0.0;
}

float filterWeight(int filterKind, uint i, uvec2 centre, float inverseScale)
{
    return value(filterKind, abs(float(int(i) + 1 - int(centre.y)) - float(centre.x) * FRACTION) * inverseScale);
}

Footprint footprint(uint i, int filterKind, int size, uvec2 start, uvec2 step, float inverseStep, int reach)
{
    uvec2 at = position(i, start, step);
    if (filterKind == AREA)
    {
        uvec2 end = position(i + 1u, start, step);
        end = uvec2(end.x - 1u, end.x == 0u ? end.y - 1u : end.y);
        return Footprint(at.y, end.y, float(~at.x) * FRACTION * inverseStep, inverseStep, float(end.x) * FRACTION * inverseStep, at);
    }
    int left = int(at.y) - 1;
    if (filterKind == NEAREST)
    {
        // The centre lies in the pixel whose own centre is less than a half away.
        uint nearest = uint(clamp(left + (at.x >= 0x80000000u ? 1 : 0), 0, size - 1));
        return Footprint(nearest, nearest, 1.0, 0.0, 0.0, at);
    }
    if (filterKind == LINEAR)
    {
        uint first = uint(clamp(left, 0, size - 1)), last = uint(clamp(left + 1, 0, size - 1));
        float fraction = float(at.x) * FRACTION;
        return Footprint(first, last, first == last ? 1.0 : 1.0 - fraction, 0.0, fraction, at);
    }
    uint first = uint(clamp(left - reach, 0, size - 1)), last = uint(clamp(left + 1 + reach, 0, size - 1));
    float sum = 0.0;
    for (uint k = first; k <= last; k++) sum += filterWeight(filterKind, k, at, inverseStep);
    return Footprint(first, last, 0.0, 1.0 / sum, 0.0, at);
}

float weight(Footprint f, uint i, int filterKind, float inverseStep)
{
    if (filterKind == TRIANGLE || filterKind == CUBIC) return filterWeight(filterKind, i, f.centre, inverseStep) * f.weightMiddle;
    return i == f.first ? f.weightFirst : i == f.last ? f.weightLast : f.weightMiddle;
}

void main()
{
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (at.x >= WIDTH || at.y >= HEIGHT) return;
    uint to = uint(TARGET_OFFSET + at.y * STRIDE_Y + at.x * STRIDE_X);

    ivec2 content = at - ivec2(CONTENT_LEFT, CONTENT_TOP);
    if (content.x < 0 || content.y < 0 || content.x >= CONTENT_WIDTH || content.y >= CONTENT_HEIGHT)
    {
        vec3 pad = PAD;
        for (int c = 0; c < CHANNELS; c++) target[to + uint(c * STRIDE_C)] = pad[c];
        return;
    }
#if FLIP_X
    content.x = CONTENT_WIDTH - 1 - content.x;
#endif
#if FLIP_Y
    content.y = CONTENT_HEIGHT - 1 - content.y;
#endif
#if TURNED
    content = content.yx;
#endif
    Footprint h = footprint(uint(content.x), H_FILTER, H_SIZE, H_START, H_STEP, H_INVERSE_STEP, H_REACH);
    Footprint v = footprint(uint(content.y), V_FILTER, V_SIZE, V_START, V_STEP, V_INVERSE_STEP, V_REACH);
    COLOUR mean = COLOUR(0.0);
#if CLAMPS
    // A filter that overshoots is cut to what a byte holds after each pass, columns first, as Pillow does.
    for (uint y = v.first; y <= v.last; y++)
    {
        COLOUR row = COLOUR(0.0);
        for (uint x = h.first; x <= h.last; x++) row += weight(h, x, H_FILTER, H_INVERSE_STEP) * pixel(x, y);
        mean += weight(v, y, V_FILTER, V_INVERSE_STEP) * clamp(row, 0.0, 255.0);
    }
    mean = clamp(mean, 0.0, 255.0);
#else
    for (uint x = h.first; x <= h.last; x++)
    {
        COLOUR column = COLOUR(0.0);
        for (uint y = v.first; y <= v.last; y++) column += weight(v, y, V_FILTER, V_INVERSE_STEP) * pixel(x, y);
        mean += weight(h, x, H_FILTER, H_INVERSE_STEP) * column;
    }
#endif

#if BYTES_PER_PIXEL == 1
    vec3 colour = vec3(mean);
#else
#if CHANNELS == 1
    vec3 colour = vec3(dot(mean, LUMA));
#elif SWAP
    vec3 colour = mean.bgr;
#else
    vec3 colour = mean;
#endif
#endif
    colour = colour * MULTIPLIER + OFFSET;
    for (int c = 0; c < CHANNELS; c++) target[to + uint(c * STRIDE_C)] = colour[c];
}
