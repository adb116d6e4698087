namespace LiveCam.Tests.Trust;

/// <summary>Names that somebody may give to what they send, and what must not be left of them where people read.</summary>
internal static class HostileNames
{
    /// <summary>A sequence that would clear a terminal, one that would set its title, codes of old terminals, a turned direction of writing, a line that pretends to be ours.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["a\u001b[2Jb", "t\u001b]0;owned\u0007", "c\u009b31m\u0085", "d\u007f\b\b", "e\u202egnp.exe", "f\u2066g\u2069", "h\nlivecam: all is well", "i\rj\u2028k"];

    /// <summary>Asserts that nothing acts on a terminal and no line is anybody else's.</summary>
    public static void AssertPlain(string text)
    {
        foreach (char c in text)
            Assert.False(c != '\n' && c != '\t' && (char.IsControl(c) || c is '\u202e' or '\u2066' or '\u2069' or '\u2028'), $"U+{(int)c:X4} in: {LiveCam.Engine.Text.PlainText.Of(text)}");
        Assert.DoesNotContain("\nlivecam: all is well", "\n" + text);
    }
}
