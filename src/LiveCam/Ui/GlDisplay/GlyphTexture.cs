using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Ui.Fonts;
using Silk.NET.OpenGL;

namespace LiveCam.Ui.GlDisplay;

/// <summary>The glyphs drawn so far in one R8 texture, so that all text of a frame is one draw call. They lie on shelves, each for one range of heights.</summary>
internal sealed unsafe class GlyphTexture(GL gl) : IDisposable
{
    private const int Width = 2048, FirstRows = 512;
    private readonly record struct Shelf(int Top, int Height, int Used);

    private readonly int mostRows = gl.GetInteger(GLEnum.MaxTextureSize);
    private readonly List<Shelf> shelves = [];
    private readonly List<GlyphImage> kept = [];
    private (int X, int Y)?[] corners = new (int, int)?[1024];       // by the glyph's number
    private int rows, used;

    public uint Texture { get; private set; }

    /// <summary>Before a frame: where little room is left, all glyphs are forgotten and those of the frame come anew.</summary>
    public void Begin()
    {
        if (used < mostRows / 4 * 3) return;
        Array.Clear(corners);
        kept.Clear();
        shelves.Clear();
        used = 0;
    }

    /// <summary>The corner of a glyph in the texture; the first time it is uploaded.</summary>
    public (int X, int Y) Corner(GlyphImage glyph)
    {
        if (glyph.Number < corners.Length && corners[glyph.Number] is { } known) return known;
        if (glyph.Number >= corners.Length) Array.Resize(ref corners, Math.Max(corners.Length * 2, glyph.Number + 1));
        var corner = Reserve(glyph.Width, glyph.Height);
        corners[glyph.Number] = corner;
        kept.Add(glyph);
        if (used > rows) Grow();
        else Upload(glyph, corner);
        return corner;
    }

    private (int X, int Y) Reserve(int width, int height)
    {
        for (int i = 0; i < shelves.Count; i++)
        {
            Shelf shelf = shelves[i];
            if (height > shelf.Height || height * 4 < shelf.Height * 3 || shelf.Used + width > Width) continue;
            shelves[i] = shelf with { Used = shelf.Used + width };
            return (shelf.Used, shelf.Top);
        }
        shelves.Add(new(used, height, width));
        used += height;
        return (0, used - height);
    }

    /// <summary>A larger texture with all glyphs at their old places.</summary>
    private void Grow()
    {
        if (used > mostRows)
            throw new LiveCamException($"The letters on the screen need a texture of {Width}x{used} pixels, but this OpenGL driver allows {mostRows}: use fewer text sizes, or draw without OpenGL.");
        rows = Math.Min(mostRows, Math.Max(used, Math.Max(FirstRows, rows * 2)));
        Dispose();
        Texture = Textures.Make(gl, GLEnum.R8, Width, rows, GLEnum.Red);
        foreach (GlyphImage glyph in kept) Upload(glyph, corners[glyph.Number]!.Value);
    }

    private void Upload(GlyphImage glyph, (int X, int Y) corner)
    {
        gl.BindTexture(GLEnum.Texture2D, Texture);
        gl.PixelStore(GLEnum.UnpackRowLength, glyph.Stride);
        fixed (byte* p = glyph.Coverage)
            gl.TexSubImage2D(GLEnum.Texture2D, 0, corner.X, corner.Y, (uint)glyph.Width, (uint)glyph.Height, GLEnum.Red, GLEnum.UnsignedByte, p);
        gl.PixelStore(GLEnum.UnpackRowLength, 0);
    }

    public void Dispose()
    {
        Textures.Delete(gl, Texture);
        Texture = 0;
    }
}
