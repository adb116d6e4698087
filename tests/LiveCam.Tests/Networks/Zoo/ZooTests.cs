using System.Text.Json;
using LiveCam.Commands;
using LiveCam.Engine.Models;
using LiveCam.Networks.Zoo;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Text;

namespace LiveCam.Tests.Networks.Zoo;

/// <summary>Trained networks by name, in the program's own words: nothing is downloaded that nobody agreed to.</summary>
[Collection(AloneCollection.Name)]
public sealed class ZooTests : IDisposable
{
    private const string Cache = "XDG_CACHE_HOME";

    private readonly Scratch scratch = new();
    private readonly FileServer server = new((_, stream, _) => FileServer.Head(stream, "404 Not Found", 0));
    private readonly Dictionary<string, string?> before = [];

    public ZooTests()
    {
        Set(Cache, scratch.Folder);
        Set(ZooFolder.AddressVariable, server.Address.ToString());
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in before) Environment.SetEnvironmentVariable(name, value);
        server.Dispose();
        scratch.Dispose();
    }

    private void Set(string name, string value)
    {
        before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public void The_list_has_both_kinds()
    {
        JsonElement[] lines = Call.Run("models", "--json").Json;
        JsonElement[] zoo = [.. lines.Where(line => line.GetProperty("name").GetString()!.StartsWith("zoo:", StringComparison.Ordinal))];
        Assert.Equal((NetworkTable.All.Count, ZooTable.All.Count), (lines.Length - zoo.Length, zoo.Length));
        Assert.All(zoo, line => Assert.Equal(["name", "description", "bytes", "sha256", "licence", "address", "present", "file"], Call.Fields(line)));
        Assert.All(zoo, line => Assert.Equal(64, line.GetProperty("sha256").GetString()!.Length));
        Assert.All(zoo, line => Assert.False(line.GetProperty("present").GetBoolean()));
        Put("mnist");
        Assert.Contains(Call.Run("models").Lines, line => line.StartsWith("zoo:mnist ", StringComparison.Ordinal) && line.Contains("Apache-2.0") && line.Contains(" yes "));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("run", "--headless", "--source", "digits", "--frames", "1", "--model", "zoo:mnist")]
    [InlineData("run", "--headless", "--source", "digits", "--frames", "1", "--model", "mnist")]
    [InlineData("classify", "a.png", "--model", "mnist")]
    [InlineData("evaluate", "mnist", "--data", ".")]
    [InlineData("train", "--model", "zoo:mnist", "--data", ".")]
    [InlineData("export", "--model", "zoo:mnist", "--out", "x.onnx")]
    [InlineData("inspect", "zoo:mnist")]
    [InlineData("bench", "zoo:mnist")]
    [InlineData("compare", "zoo:mnist")]
    [InlineData("verify", "zoo:mnist")]
    public void Without_a_person_or_yes_every_verb_says_how_to_get_it(params string[] args)
    {
        string data = scratch["data"];
        foreach (string kind in new[] { "a", "b" })
        {
            Directory.CreateDirectory(Path.Combine(data, kind));
            LiveCam.Platform.ImageFile.Save(Scratch.Pattern(32, 32), Path.Combine(data, kind, "one.png"));
        }
        Call call = Call.Run([.. args.Select(word => word == "." ? data : word)]);
        Assert.Contains("The network mnist is not on this machine: get it with `livecam models get mnist` (26 KB), or add --yes.", call.AssertFailed(1));
        Assert.Empty(server.Requests);
        // With --yes it is asked for, and what the server says is told.
        Call agreed = Call.Run([.. args.Select(word => word == "." ? data : word), "--yes"]);
        Assert.Equal(1, agreed.Exit);
        Assert.Contains("Downloading mnist: 127.0.0.1 answers 404", agreed.Error);
        Assert.StartsWith("GET /mnist-12/resolve/main/mnist-12.onnx ", Assert.Single(server.Requests));
    }

    /// <summary>What is there is used; these bytes are no network, which the verb says of the file in the cache.</summary>
    [Theory]
    [InlineData("inspect", "zoo:mnist")]
    [InlineData("classify", "a.png", "--model", "MNIST")]
    public void What_is_there_is_used(params string[] args)
    {
        string file = Put("mnist");
        Call call = Call.Run(args);
        Assert.Equal(1, call.Exit);
        Assert.Contains(file, call.Output + call.Error);
        Assert.Equal(file, Call.Run("models", "get", "mnist").Output.Trim());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_plain_name_is_a_new_network_for_export()
    {
        Assert.Equal(0, Call.Run("export", "--model", "lenet5", "--out", scratch["new.onnx"]).Exit);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("y", true)]
    [InlineData("n", false)]
    [InlineData(null, false)]
    public void A_person_is_asked_once(string? says, bool isAsked)
    {
        using StringWriter output = new(), error = new();
        var terminal = new Terminal(output, error, CancellationToken.None) { Input = says is null ? TextReader.Null : new StringReader(says + "\n") };
        Assert.Equal(1, CommandLine.Run(["classify", "a.png", "--model", "squeezenet1.1"], terminal));
        Assert.Contains("squeezenet1.1 (5 MB, Apache-2.0) is not on this machine. Download it from 127.0.0.1 to ", error.ToString());
        Assert.Equal(isAsked ? 1 : 0, server.Requests.Length);
        if (!isAsked) Assert.Contains("was not downloaded", error.ToString());
    }

    [Fact]
    public void Names_nobody_has_and_addresses_that_are_none_are_told()
    {
        Assert.Contains("There is no network \"nonet\" to be had", Call.Run("inspect", "zoo:nonet").AssertFailed(1));
        Assert.Contains("There is no network \"nonet\" to be had", Call.Run("models", "get", "squeezenet1.1", "nonet").AssertFailed(1));
        Set(ZooFolder.AddressVariable, "file:///etc");
        Assert.Contains("LIVECAM_ZOO is \"file:///etc\", but has to be an address", Call.Run("models", "get", "mnist").AssertFailed(1));
        Assert.Empty(server.Requests);
    }

    /// <summary>A file of the right size in the place of a network.</summary>
    private string Put(string name)
    {
        Assert.True(ZooTable.TryFind(name, out ZooNetwork? network));
        Directory.CreateDirectory(scratch["livecam/models"]);
        return scratch.Write($"livecam/models/{name}.onnx", new byte[network.Bytes]);
    }
}
