using System.Text.RegularExpressions;

namespace LiveCam.Engine.Data;

/// <summary>What people call the parts of a data set: <c>train</c>, <c>training_set</c>, <c>valid</c>, <c>test images</c>.</summary>
internal static partial class PartNames
{
    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>; null for a name that is none.</summary>
    public static string? Of(string name)
    {
        Match match = Form().Match(name.Trim());
        return !match.Success ? null : match.Groups[1].Value.ToLowerInvariant() switch
        {
            "train" or "training" => "train",
            "test" or "testing" => "test",
            _ => "validation",
        };
    }

    [GeneratedRegex(@"^(train|training|val|valid|validation|dev|test|testing)([ _-]?(set|data|dataset|images|imgs|pictures|folder|split))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
