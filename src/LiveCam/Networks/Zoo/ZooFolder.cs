using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Platform.Downloads;

namespace LiveCam.Networks.Zoo;

/// <summary>
/// The folder of networks that were had by name: <c>NAME.onnx</c>, with its contract (<c>NAME.json</c>) and its labels (<c>NAME.labels.txt</c>) beside it. A network is there
/// whole or not at all: its file takes its name last.
/// </summary>
/// <param name="Root">The folder.</param>
/// <param name="Address">Where the files are published; <see cref="ZooNetwork.Place"/> is relative to it.</param>
internal sealed record ZooFolder(string Root, Uri Address)
{
    /// <summary>Another place with the same files: a mirror in a school, say.</summary>
    public const string AddressVariable = "LIVECAM_ZOO";

    private const string Usual = "https://huggingface.co/onnxmodelzoo/";

    /// <summary>The user's own: <c>models</c> in the folder where LiveCam keeps what it can make again.</summary>
    /// <exception cref="LiveCamException">There is no home folder, or the address in <see cref="AddressVariable"/> is none.</exception>
    public static ZooFolder OfUser()
    {
        string programs = ProgramCache.DefaultDirectory
            ?? throw new LiveCamException("Networks are kept in the user's cache folder, and this user has no home; set XDG_CACHE_HOME to a folder.");
        string? other = Environment.GetEnvironmentVariable(AddressVariable);
        string text = string.IsNullOrEmpty(other) ? Usual : other.TrimEnd('/') + "/";
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? new(Path.Combine(Path.GetDirectoryName(programs)!, "models"), address)
            : throw new LiveCamException($"{AddressVariable} is \"{other}\", but has to be an address such as {Usual}.");
    }

    /// <summary>As <see cref="OfUser"/>; null where the user has no home.</summary>
    public static ZooFolder? TryOfUser() => ProgramCache.DefaultDirectory is null ? null : OfUser();

    /// <summary>Where a network's file is, or will be.</summary>
    public string FileOf(ZooNetwork network) => Path.Combine(Root, $"{network.Name}.onnx");

    /// <summary>Whether the whole network is here.</summary>
    public bool Has(ZooNetwork network) => new FileInfo(FileOf(network)) is { Exists: true } file && file.Length == network.Bytes;

    /// <summary>The best network for photographs that is here; null where there is none.</summary>
    public string? Best => ZooTable.BestFirst.Select(name => ZooTable.All.Single(one => one.Name == name)).FirstOrDefault(Has) is { } found ? FileOf(found) : null;

    /// <summary>Brings a network here.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="LiveCamException">It cannot be had, or is not what it should be.</exception>
    public string Get(ZooNetwork network, Downloader downloader, IProgress<DownloadState> progress, CancellationToken stop)
    {
        string file = FileOf(network);
        try
        {
            Directory.CreateDirectory(Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Downloading {network.Name}: the folder {Root} cannot be made: {error.Message.TrimEnd('.')}.", error);
        }
        downloader.Get(new(network.Name, new(Address, network.Place), file, network.Bytes, network.Sha256), () => Describe(network), progress, stop);
        return file;
    }

    /// <summary>Writes what stands beside a network's file.</summary>
    private void Describe(ZooNetwork network)
    {
        WriteText(PreprocessingJson.SidecarPath(FileOf(network)), PreprocessingJson.Write(network.Contract));
        WriteText(Path.Combine(Root, $"{network.Name}.labels.txt"), network.HasImageNetLabels ? ImageNetLabels() : string.Join('\n', Enumerable.Range(0, 10)) + "\n");
    }

    /// <summary>One a line, in ImageNet's order.</summary>
    public static string ImageNetLabels()
    {
        using Stream list = typeof(ZooFolder).Assembly.GetManifestResourceStream("Assets/imagenet.txt")
            ?? throw new LiveCamException("The names of ImageNet's classes are missing from this build of LiveCam: build it again with src/LiveCam/Assets/imagenet.txt in place.");
        return new StreamReader(list).ReadToEnd();
    }

    private static void WriteText(string path, string text) => WholeFile.Write(path, "Writing", file => file.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
