namespace LiveCam.Loop.Loading;

/// <summary>Says which contract a library's plugins were built for: <c>[assembly: PluginContract(PluginContract.Version)]</c>.</summary>
/// <param name="version">The program's version at build time; the compiler writes the number into the library.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PluginContract(int version) : Attribute
{
    /// <summary>Of this program. It rises whenever a library built before would no longer do the right thing.</summary>
    public const int Version = 2;

    public int Built => version;
}

/// <summary>Where a plugin from a library came from; a plugin with a public constructor that takes one is given it.</summary>
/// <param name="Folder">The folder that the library lies in, for files beside it.</param>
public sealed record PluginSite(string Folder);
