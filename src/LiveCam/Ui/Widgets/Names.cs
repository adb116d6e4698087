namespace LiveCam.Ui.Widgets;

/// <summary>Names in a list, cut so that no two of them look alike.</summary>
public static class Names
{
    /// <summary>Draws a name where it has to be told from others; returns the drawn width.</summary>
    /// <param name="alike">How many chars at its beginning another name of the list shares (<see cref="Alike"/>).</param>
    public static float Draw(Canvas canvas, ReadOnlySpan<char> name, int alike, Rect box, TextStyle style, Color color)
    {
        var strike = canvas.Font.Strike(style);
        // The first half of a name that is cut in the middle tells it apart, unless what is shared fills it.
        if (strike.Measure(name) <= box.Width || strike.Measure(name[..alike]) <= box.Width * 0.4f) return canvas.Text(name, box, style, color, cut: Cut.Middle);
        while (alike > 0 && char.IsLetterOrDigit(name[alike - 1])) alike--;
        var rest = name[alike..];
        if (strike.Measure(rest) + strike.Measure("…") <= box.Width) return canvas.Text(name, box, style, color, cut: Cut.Start);
        float dots = canvas.Text("…", box, style, color);
        return dots + canvas.Text(rest, box.CutRight(box.Width - dots, out _), style, color);
    }

    /// <summary>How many chars two names share at their beginning; 0 for one and the same.</summary>
    public static int Alike(ReadOnlySpan<char> name, ReadOnlySpan<char> other)
    {
        int shared = name.CommonPrefixLength(other);
        return shared == name.Length && shared == other.Length ? 0 : shared;
    }
}
