namespace LiveCam.Platform.Downloads;

/// <summary>A file to be had from the network, of which everything is known but its bytes.</summary>
/// <param name="Title">What it is called in sentences.</param>
/// <param name="Address">An http or https address.</param>
/// <param name="Target">The file it becomes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits.</param>
public sealed record DownloadRequest(string Title, Uri Address, string Target, long Bytes, string Sha256)
{
    /// <summary>What is here of it so far, beside the target.</summary>
    public string Partial => Target + ".partial";
}

/// <summary>How far a download is.</summary>
/// <param name="Title">As in <see cref="DownloadRequest"/>.</param>
/// <param name="Done">Bytes that are here, those of an earlier attempt among them.</param>
/// <param name="Bytes">The file's size.</param>
public readonly record struct DownloadState(string Title, long Done, long Bytes);
