// One thread serves one channel of one image: it looks for the first largest of its PIXELS elements, which gets all that comes back; the
// others get 0. Threads of a group lie over neighbouring channels.
#include "grid.glsl"
layout(local_size_x = 64) in;
layout(std430, binding = 0) readonly buffer Dy { float dy[]; };
layout(std430, binding = 1) readonly buffer X { float x[]; };
layout(std430, binding = 2) buffer Dx { float dx[]; };

void main()
{
    int i = int(flat_thread());
    if (i >= N * CHANNELS)
        return;
    int n = i / CHANNELS, c = i % CHANNELS, from = n * PIXELS * X_PITCH + X_OFFSET + c, place = 0;
    float most = x[from];
    for (int p = 1; p < PIXELS; p++)
    {
        float value = x[from + p * X_PITCH];
        if (value > most)
        {
            most = value;
            place = p;
        }
    }
    for (int p = 0; p < PIXELS; p++)
        dx[(n * PIXELS + p) * DX_PITCH + DX_OFFSET + c] = 0.0;
    dx[(n * PIXELS + place) * DX_PITCH + DX_OFFSET + c] = dy[n * DY_PITCH + DY_OFFSET + c];
}
