using System.Globalization;

namespace LiveCam.Ui;

/// <summary>Numbers as text in a caller's buffer, the same in every culture and without allocation.</summary>
public static class Figures
{
    /// <summary>Writes a number and a suffix such as "%" or " ms" and returns the part of the buffer that was used.</summary>
    /// <param name="format">A .NET number format such as "0.0".</param>
    public static ReadOnlySpan<char> Write(Span<char> buffer, double value, ReadOnlySpan<char> format, ReadOnlySpan<char> suffix = default)
    {
        if (!value.TryFormat(buffer, out int length, format, CultureInfo.InvariantCulture) || !suffix.TryCopyTo(buffer[length..])) return "#";
        return buffer[..(length + suffix.Length)];
    }
}
