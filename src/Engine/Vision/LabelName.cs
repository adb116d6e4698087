using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>When two class names are the same.</summary>
public static class LabelName
{
    /// <summary>Equal for names that are the same to people: whatever the case, the Unicode form of accents, and underscores for spaces.</summary>
    public static string Key(string name) => NameForm.Key(name);
}
