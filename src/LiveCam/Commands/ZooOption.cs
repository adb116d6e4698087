using System.CommandLine;
using LiveCam.Engine;
using LiveCam.Networks.Zoo;
using LiveCam.Platform.Downloads;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>Trained networks by name, where a verb takes a model file: <c>zoo:NAME</c>, and what may be downloaded for it.</summary>
internal sealed class ZooOption
{
    private readonly Option<bool> yes = new("--yes") { Description = "Download a network of the zoo that is not here, without asking" };
    private readonly bool takesPlainNames;

    /// <param name="takesPlainNames">Whether <c>NAME</c> alone is one, too; else that is a network built here.</param>
    public ZooOption(Command command, bool takesPlainNames = false)
    {
        this.takesPlainNames = takesPlainNames;
        command.Add(yes);
    }

    /// <summary>The file that a person means: itself, or that of a network of the zoo, which is downloaded if it has to be.</summary>
    /// <exception cref="LiveCamException">There is no such network, nobody agreed to the download, or it failed.</exception>
    public string FileOf(string model, ParseResult parse, Terminal terminal)
    {
        bool isPrefixed = model.StartsWith(ZooNetwork.Prefix, StringComparison.OrdinalIgnoreCase);
        if (File.Exists(model) || !isPrefixed && !takesPlainNames) return model;
        string name = isPrefixed ? model[ZooNetwork.Prefix.Length..] : model;
        if (!ZooTable.TryFind(name, out ZooNetwork? network))
            return !isPrefixed ? model : throw new LiveCamException($"There is no network \"{name}\" to be had; `livecam models` lists those there are.");
        ZooFolder folder = ZooFolder.OfUser();
        if (folder.Has(network)) return folder.FileOf(network);
        if (!parse.GetValue(yes) && terminal.Input is null)
            throw new LiveCamException($"The network {network.Name} is not on this machine: get it with `livecam models get {network.Name}` ({network.Size}), or add --yes.");
        if (!parse.GetValue(yes) && !terminal.Confirms($"{network.Name} ({network.Size}, {ZooNetwork.Licence}) is not on this machine. Download it from {folder.Address.Host} to {folder.Root}?"))
            throw new LiveCamException($"The network {network.Name} was not downloaded; `livecam models get {network.Name}` does it.");
        return Download(folder, network, terminal);
    }

    /// <summary>Downloads a network and shows how far it is.</summary>
    public static string Download(ZooFolder folder, ZooNetwork network, Terminal terminal)
    {
        using var downloader = new Downloader();
        using var progress = new DownloadProgress(terminal);
        return folder.Get(network, downloader, progress, terminal.Stop);
    }
}
