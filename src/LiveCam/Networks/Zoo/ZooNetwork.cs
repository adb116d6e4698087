using LiveCam.Engine.Vision;

namespace LiveCam.Networks.Zoo;

/// <summary>A trained network that others publish and that can be had by name: what is known of its file before it is here.</summary>
/// <param name="Name">What a person types, behind <see cref="Prefix"/> or alone.</param>
/// <param name="Stem">The name of its file and of its repository, without the ending.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Sha256">Of the file, in lower-case hexadecimal digits.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Contract">How a picture becomes its input, as its authors state it.</param>
/// <param name="HasImageNetLabels">Whether its classes are the thousand of ImageNet; else they are the digits 0 to 9.</param>
internal sealed record ZooNetwork(string Name, string Stem, long Bytes, string Sha256, string Description, Preprocessing Contract, bool HasImageNetLabels = true)
{
    /// <summary>Stands before a name where a plain one could mean something else.</summary>
    public const string Prefix = "zoo:";

    /// <summary>What all of them are published under.</summary>
    public const string Licence = "Apache-2.0";

    /// <summary>The file below the address of the zoo.</summary>
    public string Place => $"{Stem}/resolve/main/{Stem}.onnx";

    /// <summary>The file's size for a person.</summary>
    public string Size => Bytes < 1_000_000 ? FormattableString.Invariant($"{Bytes / 1e3:0} KB") : FormattableString.Invariant($"{Bytes / 1e6:0.#} MB");
}
