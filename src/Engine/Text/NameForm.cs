using System.Text;

namespace LiveCam.Engine.Text;

/// <summary>
/// When two names are the same to people: "Käse" whether its ä is one character or an a and two dots (as folders from a Mac are), whatever the
/// case, and "hot_dog" as "hot dog".
/// </summary>
/// <remarks>The runtime normalizes nothing where it carries no culture data, so the table of decompositions is here.</remarks>
internal static partial class NameForm
{
    // Hangul syllables decompose by arithmetic (The Unicode Standard, section 3.12).
    private const int FirstSyllable = 0xAC00, Syllables = 11172, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeTail = 0x11A7, Vowels = 21, Tails = 28;

    private static readonly Dictionary<char, (char Base, char Mark)> Parts = Compositions
        .SelectMany(entry => Enumerable.Range(0, entry.Pairs.Length / 2).Select(i => (Whole: entry.Pairs[2 * i], Base: entry.Pairs[2 * i + 1], entry.Mark)))
        .ToDictionary(entry => entry.Whole, entry => (entry.Base, entry.Mark));

    /// <summary>Equal for names that are the same to people.</summary>
    public static string Key(string name) => Decompose(name.Trim().Replace('_', ' ')).ToUpperInvariant();

    /// <summary>The name with every letter apart from its marks (canonical decomposition); names of plain letters are returned as they are.</summary>
    public static string Decompose(string name)
    {
        if (!name.Any(c => c >= 0x80)) return name;
        var result = new StringBuilder(name.Length + 8);
        foreach (char c in name) Append(result, c);
        return result.ToString();
    }

    private static void Append(StringBuilder to, char c)
    {
        if (Parts.TryGetValue(c, out (char Base, char Mark) parts))
        {
            Append(to, parts.Base);
            to.Append(parts.Mark);
            return;
        }
        int syllable = c - FirstSyllable;
        if (syllable is < 0 or >= Syllables)
        {
            to.Append(c);
            return;
        }
        to.Append((char)(FirstLead + syllable / (Vowels * Tails))).Append((char)(FirstVowel + syllable % (Vowels * Tails) / Tails));
        if (syllable % Tails is > 0 and var tail) to.Append((char)(BeforeTail + tail));
    }
}
