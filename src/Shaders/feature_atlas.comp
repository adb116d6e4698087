// A layer's channels as gray tiles of WIDTH x HEIGHT side by side, COLUMNS in a row, on the scale of feature_range.comp: a thread writes
// one pixel of one tile. Neighbouring threads are neighbouring channels, which lie side by side in a channels-last value.
layout(local_size_x = 16, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer X { float x[]; };
layout(std430, binding = 1) readonly buffer Scale { float low; float high; uint begun; };
layout(r8, binding = 0) writeonly uniform image2D atlas;

void main()
{
    ivec3 at = ivec3(gl_GlobalInvocationID);
    if (at.x >= SHOWN || at.y >= WIDTH) return;
    float value = x[X_OFFSET + at.x * CHANNEL + (at.z * WIDTH + at.y) * PIXEL];
    float level = floor(clamp((value - low) * (255.0 / (high - low)) + 0.5, 0.0, 255.0));
    // What is not a number is drawn dark.
    if ((floatBitsToUint(value) & 0x7FFFFFFFu) > 0x7F800000u) level = 0.0;
    imageStore(atlas, ivec2(at.x % COLUMNS * WIDTH + at.y, at.x / COLUMNS * HEIGHT + at.z), vec4(level / 255.0));
}
