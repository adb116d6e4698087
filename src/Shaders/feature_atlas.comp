// A layer's channels in a given order as gray tiles of WIDTH x HEIGHT side by side, COLUMNS in a row, each on its scale: a thread writes one
// pixel of one tile. Neighbouring threads are neighbouring tiles, in the network's own order neighbouring channels, which lie side by side.
layout(local_size_x = 16, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Scales { vec4 scales[]; };          // low, high; the layer's, then the channels'
layout(std430, binding = 2) readonly buffer Order { int order[]; };             // the channel of each tile
layout(r8, binding = 0) writeonly uniform image2D atlas;

layout(location = 0) uniform int scope;                                     // 0 the layer's scale, 1 the channel's own, 2 the given one
layout(location = 1) uniform int zero;                                      // the level that 0 gets where signs are shown, else -1
layout(location = 2) uniform vec2 given;

void main()
{
    ivec3 at = ivec3(gl_GlobalInvocationID);
    if (at.x >= SHOWN || at.y >= WIDTH) return;
    int channel = order[at.x];
    vec2 range = scope == 2 ? given : scales[scope == 1 ? 1 + channel : 0].xy;
    // One value everywhere is drawn dark.
    range.y = max(range.y, range.x + 1e-6 + abs(range.x) * 1e-6);
    if (zero >= 0)
    {
        float most = max(abs(range.x), abs(range.y));
        range = vec2(-most * float(zero) / float(255 - zero), most);
    }
    float value = x[X_OFFSET + channel * CHANNEL + (at.z * WIDTH + at.y) * PIXEL];
    float level = floor(clamp((value - range.x) * (255.0 / (range.y - range.x)) + 0.5, 0.0, 255.0));
    // What is not a number is drawn dark.
    if ((floatBitsToUint(value) & 0x7FFFFFFFu) > 0x7F800000u) level = 0.0;
    imageStore(atlas, ivec2(at.x % COLUMNS * WIDTH + at.y, at.x / COLUMNS * HEIGHT + at.z), vec4(level / 255.0));
}
