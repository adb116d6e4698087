namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// A range of a buffer one dispatch touches, and which columns of it: values that lie side by side in one block (the inputs of
/// a Concat) share bytes but no elements.
/// </summary>
internal readonly record struct Touched(GlBuffer Buffer, long Offset, long Bytes, bool Written, long FirstColumn = 0, long Columns = long.MaxValue)
{
    public bool Conflicts(Touched other) =>
        Buffer == other.Buffer && (Written || other.Written) && Offset < other.Offset + other.Bytes && other.Offset < Offset + Bytes
        && (Offset != other.Offset || Bytes != other.Bytes || FirstColumn < Last(other) && other.FirstColumn < Last(this));

    private static long Last(Touched range) => range.Columns == long.MaxValue ? long.MaxValue : range.FirstColumn + range.Columns;
}

/// <summary>What has been read and written since the last barrier: a barrier is needed where memory would be touched out of order.</summary>
internal sealed class Hazards
{
    private readonly List<Touched> since = [];

    /// <summary>All earlier work is done.</summary>
    public void Clear() => since.Clear();

    /// <summary>Whether a dispatch that touches these ranges has to wait for those before it.</summary>
    public bool Touch(IReadOnlyList<Touched> ranges)
    {
        bool barrier = ranges.Any(range => since.Exists(range.Conflicts));
        if (barrier)
            since.Clear();
        since.AddRange(ranges);
        return barrier;
    }
}
