namespace LiveCam.Ui;

public sealed partial class Canvas
{
    /// <summary>
    /// Becomes the same draw list as another canvas without what is passing, with pictures that nobody else writes: it can be drawn later and on another thread while
    /// the other canvas and its pictures go on. Allocates nothing once a list and pictures of these sizes were copied.
    /// </summary>
    /// <param name="from">Of the same font.</param>
    /// <param name="pictures">Where this canvas' own pictures are; used by no other canvas.</param>
    /// <remarks>Pictures that lie in textures are read back, so this is for the drawing thread.</remarks>
    public void Copy(Canvas from, PictureCopies pictures)
    {
        Begin(from.Width, from.Height, from.Background);
        Fill(ref commands, from.Commands);
        Fill(ref glyphs, from.Glyphs);
        Fill(ref points, from.Points);
        (commandCount, glyphCount, pointCount) = (0, from.glyphCount, from.pointCount);
        foreach (ref readonly DrawCommand command in from.Commands)
            if (!command.IsPassing) commands[commandCount++] = command;
        pictures.Begin();
        foreach (ref DrawCommand command in commands.AsSpan(0, commandCount))
        {
            if (command.Kind != DrawKind.Image) continue;
            command.Picture = command.GlImage is { } image ? pictures.Of(image) : pictures.Of(command.Picture!);
            command.GlImage = null;
        }
        pictures.End();
    }

    private static void Fill<T>(ref T[] array, ReadOnlySpan<T> from)
    {
        if (array.Length < from.Length) array = new T[Math.Max(array.Length * 2, from.Length)];
        from.CopyTo(array);
    }
}
