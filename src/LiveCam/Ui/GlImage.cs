using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>
/// A picture that lives in a texture, written on the device (a feature atlas by a compute shader). The OpenGL display samples it where it
/// is; whoever draws without OpenGL reads it back.
/// </summary>
/// <param name="Texture">The name of a 2D texture: R8 for Gray8, RGBA8 for Rgba8, row 0 on top. Whoever made the image deletes it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Format">Gray8 or Rgba8.</param>
/// <param name="Read">The pixels as they are now; called on the drawing thread, and only where there is no OpenGL display.</param>
public sealed record GlImage(uint Texture, int Width, int Height, PixelFormat Format, Func<Picture> Read);
