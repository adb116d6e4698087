// A layer's channels as tiles of WIDTH x HEIGHT side by side, COLUMNS in a row: their numbers in one texture, and in another their colors
// on the layer's scale. A thread writes one pixel of one tile. X_OFFSET, CHANNEL and PIXEL as in feature_atlas.comp.
layout(local_size_x = 16, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Scales { vec4 scales[]; };          // low, high
layout(std430, binding = 2) readonly buffer Palette { uint palette[]; };        // 256 colors, red in the lowest byte
layout(r32f, binding = 0) writeonly uniform image2D raw;
layout(rgba8, binding = 1) writeonly uniform image2D colored;

void main()
{
    ivec3 at = ivec3(gl_GlobalInvocationID);
    if (at.x >= COUNT || at.y >= WIDTH) return;
    ivec2 place = ivec2(at.x % COLUMNS * WIDTH + at.y, at.x / COLUMNS * HEIGHT + at.z);
    float value = x[X_OFFSET + at.x * CHANNEL + (at.z * WIDTH + at.y) * PIXEL];
    imageStore(raw, place, vec4(value, 0.0, 0.0, 1.0));
    vec2 range = scales[0].xy;
    float level = floor(clamp((value - range.x) * (255.0 / (range.y - range.x)) + 0.5, 0.0, 255.0));
    // What is not a number is drawn dark.
    if ((floatBitsToUint(value) & 0x7FFFFFFFu) > 0x7F800000u) level = 0.0;
    imageStore(colored, place, unpackUnorm4x8(palette[uint(level)]));
}
