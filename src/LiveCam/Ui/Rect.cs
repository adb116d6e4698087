namespace LiveCam.Ui;

/// <summary>An axis-aligned rectangle in frame pixels, y down; (X, Y) is its top left corner.</summary>
public readonly record struct Rect(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;
    public float Bottom => Y + Height;
    public float CenterX => X + Width / 2;
    public float CenterY => Y + Height / 2;
    public bool IsEmpty => !(Width > 0 && Height > 0);

    public static Rect FromEdges(float left, float top, float right, float bottom) => new(left, top, right - left, bottom - top);

    public bool Contains(float x, float y) => x >= X && x < Right && y >= Y && y < Bottom;

    public bool Contains(Rect other) => other.X >= X && other.Y >= Y && other.Right <= Right && other.Bottom <= Bottom;

    public bool Overlaps(Rect other) => !IsEmpty && !other.IsEmpty && X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>This rectangle moved in by <paramref name="by"/> on all sides, never below zero size.</summary>
    public Rect Inset(float by) => Inset(by, by);

    /// <summary>Moved in by <paramref name="x"/> on the sides and <paramref name="y"/> above and below; negative values grow it.</summary>
    public Rect Inset(float x, float y)
    {
        float dx = Math.Min(x, Width / 2), dy = Math.Min(y, Height / 2);
        return new(X + dx, Y + dy, Width - 2 * dx, Height - 2 * dy);
    }

    // The cuts work on a copy: callers write "rest.CutTop(h, out rest)", where the result overwrites this.

    /// <summary>Cuts <paramref name="height"/> off the top (at most all of it) and leaves the remainder in <paramref name="rest"/>.</summary>
    public Rect CutTop(float height, out Rect rest)
    {
        var all = this;
        height = Math.Clamp(height, 0, Math.Max(0, all.Height));
        rest = new(all.X, all.Y + height, all.Width, all.Height - height);
        return all with { Height = height };
    }

    /// <summary>Cuts <paramref name="height"/> off the bottom (at most all of it).</summary>
    public Rect CutBottom(float height, out Rect rest)
    {
        var all = this;
        height = Math.Clamp(height, 0, Math.Max(0, all.Height));
        rest = all with { Height = all.Height - height };
        return new(all.X, all.Bottom - height, all.Width, height);
    }

    /// <summary>Cuts <paramref name="width"/> off the left (at most all of it).</summary>
    public Rect CutLeft(float width, out Rect rest)
    {
        var all = this;
        width = Math.Clamp(width, 0, Math.Max(0, all.Width));
        rest = new(all.X + width, all.Y, all.Width - width, all.Height);
        return all with { Width = width };
    }

    /// <summary>Cuts <paramref name="width"/> off the right (at most all of it).</summary>
    public Rect CutRight(float width, out Rect rest)
    {
        var all = this;
        width = Math.Clamp(width, 0, Math.Max(0, all.Width));
        rest = all with { Width = all.Width - width };
        return new(all.Right - width, all.Y, width, all.Height);
    }

    /// <summary>The largest centred rectangle of the given aspect that fits, on whole pixels (letterbox).</summary>
    public Rect Fit(float width, float height)
    {
        float scale = Math.Min(Width / width, Height / height);
        float w = MathF.Floor(width * scale + 0.5f), h = MathF.Floor(height * scale + 0.5f);
        return new Rect(MathF.Floor(X + (Width - w) / 2), MathF.Floor(Y + (Height - h) / 2), w, h);
    }

    /// <summary>Every edge moved to the nearest whole pixel.</summary>
    public Rect Snap() => FromEdges(Round(X), Round(Y), Round(Right), Round(Bottom));

    private static float Round(float value) => MathF.Floor(value + 0.5f);
}

/// <summary>A clip rectangle in whole pixels; Right and Bottom are exclusive.</summary>
public readonly record struct Clip(int Left, int Top, int Right, int Bottom)
{
    public bool IsEmpty => Right <= Left || Bottom <= Top;

    public Clip Intersect(Clip other) => new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>The pixels whose centres lie in <paramref name="rect"/>.</summary>
    public static Clip Of(Rect rect) => new(Pixel(rect.X), Pixel(rect.Y), Pixel(rect.Right), Pixel(rect.Bottom));

    private static int Pixel(float edge) => (int)MathF.Floor(Math.Clamp(edge, -1e6f, 1e6f) + 0.5f);
}
