using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Ui.GlDisplay;

/// <summary>
/// The pictures of the last frames as textures. A picture is uploaded once a frame, or only when its <see cref="Picture.Version"/> moved
/// where it keeps one. Each has two textures in turn, so that an upload never waits for the frame before to be drawn.
/// </summary>
internal sealed unsafe class PictureTextures(GL gl) : IDisposable
{
    private const int KeptFrames = 60;

    private sealed class Entry
    {
        public uint Front, Back;
        public long Version, Frame;
    }

    private readonly Dictionary<Picture, Entry> entries = [];
    private readonly List<Picture> old = [];
    private readonly int widest = gl.GetInteger(GLEnum.MaxTextureSize);
    private long frame;

    /// <summary>Uploads so far, for tests and figures.</summary>
    public long Uploads { get; private set; }

    /// <summary>Begins a frame and lets go of pictures that were not drawn for a second.</summary>
    public void Begin()
    {
        frame++;
        old.Clear();
        foreach (var (picture, entry) in entries)
            if (frame - entry.Frame > KeptFrames) old.Add(picture);
        foreach (var picture in old)
        {
            Delete(entries[picture]);
            entries.Remove(picture);
        }
    }

    /// <summary>The texture that holds the picture's present bytes; Bgr8 lies in one three times as wide where <see cref="IsBgrBytes"/>.</summary>
    public uint Of(Picture picture)
    {
        if (!entries.TryGetValue(picture, out var entry)) entries[picture] = entry = new Entry();
        bool isFresh = entry.Front != 0 && (picture.Version == 0 ? entry.Frame == frame : entry.Version == picture.Version);
        entry.Frame = frame;
        if (isFresh) return entry.Front;
        (entry.Front, entry.Back, entry.Version) = (entry.Back, entry.Front, picture.Version);
        Upload(picture, ref entry.Front);
        return entry.Front;
    }

    /// <summary>Whether the texture holds blue, green and red as three texels, which spares the driver a conversion.</summary>
    public bool IsBgrBytes(Picture picture) => picture.Format == PixelFormat.Bgr8 && picture.RowBytes <= widest;

    private void Upload(Picture picture, ref uint texture)
    {
        if (Math.Max(picture.Width, picture.Height) > widest)
            throw new LiveCamException($"A picture of {picture.Width}x{picture.Height} pixels does not fit a texture of this OpenGL driver, which ends at {widest}: scale the picture down, or draw without OpenGL.");
        bool isBytes = picture.Format == PixelFormat.Gray8 || IsBgrBytes(picture);
        int width = isBytes ? picture.RowBytes : picture.Width;
        GLEnum pixels = isBytes ? GLEnum.Red : picture.Format == PixelFormat.Bgr8 ? GLEnum.Bgr : GLEnum.Rgba;
        if (texture == 0) texture = Textures.Make(gl, isBytes ? GLEnum.R8 : GLEnum.Rgba8, width, picture.Height, pixels);
        else gl.BindTexture(GLEnum.Texture2D, texture);
        fixed (byte* p = picture.Bytes) gl.TexSubImage2D(GLEnum.Texture2D, 0, 0, 0, (uint)width, (uint)picture.Height, pixels, GLEnum.UnsignedByte, p);
        Uploads++;
    }

    private void Delete(Entry entry)
    {
        Textures.Delete(gl, entry.Front);
        Textures.Delete(gl, entry.Back);
    }

    public void Dispose()
    {
        foreach (var entry in entries.Values) Delete(entry);
        entries.Clear();
    }
}
