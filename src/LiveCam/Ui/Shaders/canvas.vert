// One instance of four corners per shape. The quad covers the pixels that the box touches, cut by the clip rectangle: both are whole
// pixels, so no fragment has to ask whether it is inside. Frame pixels, y down; FRAME maps them to clip space.
layout(location = 0) in vec4 box;           // left, top, width, height
layout(location = 1) in vec4 clip;          // left, top, right, bottom
layout(location = 2) in vec4 color;
layout(location = 3) in vec4 color2;
layout(location = 4) in vec2 shape;
layout(location = 5) in ivec4 source;
layout(location = 6) in uint flags;

uniform vec4 frame;                         // scale and offset of x and y

out vec2 position;
flat out vec4 f_box;
flat out vec4 f_color;
flat out vec4 f_color2;
flat out vec2 f_shape;
flat out ivec4 f_source;
flat out uint f_flags;

void main()
{
    vec2 low = max(floor(box.xy), clip.xy), high = max(min(ceil(box.xy + box.zw), clip.zw), low);
    position = mix(low, high, vec2(gl_VertexID & 1, gl_VertexID >> 1));
    gl_Position = vec4(position * frame.xy + frame.zw, 0.0, 1.0);
    f_box = box;
    f_color = color;
    f_color2 = color2;
    f_shape = shape;
    f_source = source;
    f_flags = flags;
}
