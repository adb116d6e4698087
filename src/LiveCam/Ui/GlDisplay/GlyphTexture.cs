using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Ui.GlDisplay;

/// <summary>The pages of all strikes drawn so far in one R8 texture, so that text of every size is one draw call.</summary>
internal sealed unsafe class GlyphTexture(GL gl) : IDisposable
{
    private const int Width = 2048;                     // a page is 512, 1024 or 2048 wide
    private readonly Dictionary<Strike, (int X, int Y)> corners = [];
    private readonly int mostRows = gl.GetInteger(GLEnum.MaxTextureSize);
    private int rows, x, y, shelf;

    public uint Texture { get; private set; }

    /// <summary>The corner of a strike's page in the texture; the first time it is uploaded.</summary>
    public (int X, int Y) Corner(Strike strike)
    {
        if (corners.TryGetValue(strike, out var known)) return known;
        var page = strike.Page;
        if (x + page.Width > Width) (x, y, shelf) = (0, y + shelf, 0);
        var corner = corners[strike] = (x, y);
        if (y + page.Height > rows) Grow(y + page.Height);
        else Upload(strike, corner);
        x += page.Width;
        shelf = Math.Max(shelf, page.Height);
        return corner;
    }

    /// <summary>A larger texture with all pages at their old places.</summary>
    private void Grow(int needed)
    {
        if (needed > mostRows)
            throw new LiveCamException($"The letters on the screen need a texture of {Width}x{needed} pixels, but this OpenGL driver allows {mostRows}: use fewer text sizes, or draw without OpenGL.");
        rows = Math.Min(mostRows, Math.Max(needed, Math.Max(1024, rows * 2)));
        Dispose();
        Texture = Textures.Make(gl, GLEnum.R8, Width, rows, GLEnum.Red);
        foreach (var (strike, corner) in corners) Upload(strike, corner);
    }

    private void Upload(Strike strike, (int X, int Y) corner)
    {
        gl.BindTexture(GLEnum.Texture2D, Texture);
        fixed (byte* p = strike.Page.Bytes)
            gl.TexSubImage2D(GLEnum.Texture2D, 0, corner.X, corner.Y, (uint)strike.Page.Width, (uint)strike.Page.Height, GLEnum.Red, GLEnum.UnsignedByte, p);
    }

    public void Dispose()
    {
        Textures.Delete(gl, Texture);
        Texture = 0;
    }
}
