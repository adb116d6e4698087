using System.Text.RegularExpressions;

namespace LiveCam.Text;

/// <summary>A type as people read it.</summary>
internal static partial class TypeName
{
    /// <summary>TeachingState is "teaching state".</summary>
    public static string Of(Type type) => WordStart().Replace(type.Name, " ").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
