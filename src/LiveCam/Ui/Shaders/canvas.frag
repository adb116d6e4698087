// The same picture as SoftwareRasterizer: the same coverage formulas, filters and roundings to bytes, so that only the framebuffer's
// blending differs. Colours are sRGB bytes with straight alpha, mixed as they are. PART 0 draws boxes and glyphs, 1 pictures, 2 lines:
// programs of their own, since a software renderer runs through all branches of one.
flat in vec4 f_box;
flat in vec4 f_color;
flat in vec4 f_color2;
flat in vec2 f_shape;                       // radius, stroke
flat in ivec4 f_source;                     // glyph: its corner in the page; image: left, top, width, height; line: first point, segments
flat in uint f_flags;                       // kind, then the bits below
in vec2 position;

const uint AREA = 0u, RING = 2u, GLYPH = 3u;
const uint KIND = 7u, SMOOTH = 8u, MIRROR = 16u, MAPPED = 32u, BGR_BYTES = 64u, GRAY = 128u;
const int MAP_SHIFT = 8;

uniform sampler2D glyphs;                   // R8
uniform sampler2D picture;                  // R8: gray or three bytes a pixel; RGBA8
uniform sampler2D maps;                     // 256 colours a row
uniform samplerBuffer points;

out vec4 result;

vec4 bytes(vec4 v) { return floor(v * 255.0 + 0.5) / 255.0; }
float bytes(float v) { return floor(v * 255.0 + 0.5) / 255.0; }

vec4 shade(float y)
{
    return bytes(mix(f_color, f_color2, clamp((y - f_box.y) / f_box.w, 0.0, 1.0)));
}

// Signed distance in pixels from the edge of the rounded box, negative inside.
float distance_to_box(vec2 at)
{
    vec2 q = abs(at - f_box.xy - f_box.zw * 0.5) - f_box.zw * 0.5 + f_shape.x;
    float farther = max(q.x, q.y);
    return (min(q.x, q.y) > 0.0 ? length(q) : farther) - f_shape.x;
}

#if PART == 1
// Source pixels first..last of one axis and their weights; the arithmetic of Resampler's Axis, in whole numbers.
struct Span { int first; int last; float weight_first; float weight_middle; float weight_last; };

Span span(int at, int source, int target, bool smooth_)
{
    uint s = uint(source), t = uint(target), u = uint(at);
    if (s == t || !smooth_)
    {
        int nearest = min(int((2u * u + 1u) * s / (2u * t)), source - 1);
        return Span(nearest, nearest, 1.0, 0.0, 0.0);
    }
    float inverse = float(target) / float(source);
    if (s > t)
    {
        uint from = u * s, to = from + s;
        uint last = (to - 1u) / t;
        float below = float(from % t) / float(target), above = float(to - last * t) / float(target);
        return Span(int(from / t), int(last), (1.0 - below) * inverse, inverse, above * inverse);
    }
    // Twice the centre in units of 1 / target, one source pixel up so that it stays positive.
    uint center = (2u * u + 1u) * s + t;
    int left = int(center / (2u * t)) - 1;
    float fraction = float(center % (2u * t)) / float(2u * t);
    int first = max(left, 0), last = min(left + 1, source - 1);
    if (first == last) return Span(first, last, 1.0, 0.0, 0.0);
    return Span(first, last, 1.0 - fraction, 0.0, fraction);
}

float weight(Span s, int i) { return i == s.first ? s.weight_first : i == s.last ? s.weight_last : s.weight_middle; }

vec4 texel(ivec2 at)
{
    if ((f_flags & BGR_BYTES) == 0u) return texelFetch(picture, at, 0);
    at.x *= 3;
    return vec4(texelFetch(picture, at + ivec2(2, 0), 0).r, texelFetch(picture, at + ivec2(1, 0), 0).r, texelFetch(picture, at, 0).r, 1.0);
}

vec4 image(ivec2 pixel)
{
    ivec2 size = ivec2(f_box.zw), at = pixel - ivec2(f_box.xy);
    if ((f_flags & MIRROR) != 0u) at.x = size.x - 1 - at.x;
    bool smooth_ = (f_flags & SMOOTH) != 0u;
    Span h = span(at.x, f_source.z, size.x, smooth_), v = span(at.y, f_source.w, size.y, smooth_);
    vec4 sum = vec4(0.0);
    for (int y = v.first; y <= v.last; y++)
    {
        vec4 row = vec4(0.0);
        for (int x = h.first; x <= h.last; x++) row += weight(h, x) * texel(f_source.xy + ivec2(x, y));
        sum += weight(v, y) * row;
    }
    sum = bytes(sum);
    if ((f_flags & MAPPED) != 0u) sum = texelFetch(maps, ivec2(int(sum.r * 255.0 + 0.5), int(f_flags >> MAP_SHIFT)), 0);
    else if ((f_flags & GRAY) != 0u) sum = vec4(sum.rrr, 1.0);
    if (f_shape.x > 0.0) sum.a = bytes(sum.a * clamp(0.5 - distance_to_box(vec2(pixel) + 0.5), 0.0, 1.0));
    return vec4(sum.rgb, sum.a * f_color.a);
}

#elif PART == 2
// The largest coverage of any segment, so that joints are not blended twice. A line thinner than a pixel is as wide as one and fainter.
float line(vec2 at)
{
    float half_ = f_shape.y * 0.5, covered = 0.0;
    vec2 a = texelFetch(points, f_source.x).xy;
    for (int i = 1; i <= f_source.y; i++)
    {
        vec2 b = texelFetch(points, f_source.x + i).xy, along = b - a, p = at - a;
        float squared = dot(along, along);
        float d = length(p - along * (squared > 0.0 ? clamp(dot(p, along) / squared, 0.0, 1.0) : 0.0));
        covered = max(covered, half_ >= 0.5 ? clamp(half_ + 0.5 - d, 0.0, 1.0) : clamp(1.0 - d, 0.0, 1.0) * 2.0 * half_);
        a = b;
    }
    return bytes(covered);
}
#endif

void main()
{
    vec2 corner = floor(position), at = corner + 0.5;
#if PART == 1
    vec4 color = image(ivec2(corner));
#elif PART == 2
    vec4 color = vec4(f_color.rgb, f_color.a * line(at));
#else
    uint kind = f_flags & KIND;
    vec4 color = kind == GLYPH ? f_color : shade(at.y);
    if (kind == GLYPH)
    {
        color.a *= texelFetch(glyphs, f_source.xy + ivec2(corner - f_box.xy), 0).r;
    }
    else if (kind == AREA)
    {
        vec2 overlap = min(f_box.xy + f_box.zw, corner + 1.0) - max(f_box.xy, corner);
        color.a *= clamp(overlap.x * overlap.y, 0.0, 1.0);
    }
    else
    {
        float d = distance_to_box(at);
        color.a *= clamp(0.5 - d, 0.0, 1.0) - (kind == RING ? clamp(0.5 - d - f_shape.y, 0.0, 1.0) : 0.0);
    }
#endif
    result = vec4(color.rgb, bytes(color.a));
}
