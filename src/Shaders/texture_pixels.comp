// A texture of WIDTH x HEIGHT as the bytes of a picture: red, green, blue, alpha, top row first. BOTTOM_FIRST: whether the texture's row 0 is
// the lowest one, as OpenGL draws.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) writeonly restrict buffer Pixels { uint pixels[]; };
layout(binding = 0) uniform sampler2D source;

void main()
{
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (at.x >= WIDTH || at.y >= HEIGHT) return;
#if BOTTOM_FIRST
    ivec2 from = ivec2(at.x, HEIGHT - 1 - at.y);
#else
    ivec2 from = at;
#endif
    pixels[at.y * WIDTH + at.x] = packUnorm4x8(texelFetch(source, from, 0));
}
