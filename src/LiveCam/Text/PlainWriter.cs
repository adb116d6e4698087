using System.Text;
using LiveCam.Engine.Text;

namespace LiveCam.Text;

/// <summary>The one way to a terminal or a log: whatever is written passes <see cref="PlainText"/>. Lines and tabs stay.</summary>
/// <param name="inner">Where everything goes.</param>
/// <param name="wrote">Called behind each line; null for nothing.</param>
internal sealed class PlainWriter(TextWriter inner, Action? wrote = null) : TextWriter(inner.FormatProvider)
{
    /// <summary>Where everything goes. For what writes escapes of its own, and filters texts itself.</summary>
    public TextWriter Inner { get; } = inner;

    public override Encoding Encoding => Inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (PlainText.IsPlain(buffer, keepsLines: true)) Inner.Write(buffer);
        else Inner.Write(PlainText.Coded(buffer, keepsLines: true));
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine() => WriteLine([]);

    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    // One call, so that lines of several threads stay whole.
    public override void WriteLine(ReadOnlySpan<char> buffer)
    {
        if (PlainText.IsPlain(buffer, keepsLines: true)) Inner.WriteLine(buffer);
        else Inner.WriteLine(PlainText.Coded(buffer, keepsLines: true));
        wrote?.Invoke();
    }

    public override void Flush() => Inner.Flush();
}
