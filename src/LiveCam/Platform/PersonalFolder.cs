namespace LiveCam.Platform;

/// <summary>Where the program keeps what belongs to a person and to no project: the folder of the settings file.</summary>
internal static class PersonalFolder
{
    /// <summary>The settings file, where a system keeps such things unless <c>LIVECAM_SETTINGS</c> names another.</summary>
    public static string Settings => Environment.GetEnvironmentVariable("LIVECAM_SETTINGS") is { Length: > 0 } named ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "livecam", "settings.json");

    /// <summary>A file beside the settings.</summary>
    public static string FileOf(string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Settings))!, name);
}
