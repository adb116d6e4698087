using System.Text.Json;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Cases;

/// <summary>One folder of files that people reported elsewhere (../shared/cases), with the right values its README gives.</summary>
/// <param name="Folder">The full path.</param>
internal sealed record Case(string Folder)
{
    /// <summary>The folder, or a skip where the shared files are not there.</summary>
    public static Case Of(string name) => new(Requirements.Case(name));

    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>The probabilities by label that <c>classify</c> gives for one picture.</summary>
    public Dictionary<string, double> Classify(string device, string model, string picture, params string[] further) => Classify(device, model, picture, out _, further);

    public Dictionary<string, double> Classify(string device, string model, string picture, out Call call, params string[] further)
    {
        call = Call.Run(["classify", "--device", device, "--json", "--model", this[model], .. further, this[picture]]);
        Assert.True(call.Exit == 0, call.Error);
        return Top(Assert.Single(call.Json));
    }

    /// <summary>The accuracy that <c>evaluate</c> gives.</summary>
    public double Accuracy(string device, string model, string data, params string[] further)
    {
        Call call = Call.Run(["evaluate", this[model], "--device", device, "--json", "--data", this[data], .. further]);
        Assert.True(call.Exit == 0, call.Error);
        return Assert.Single(call.Json).GetProperty("accuracy").GetDouble();
    }

    /// <summary>The labels and probabilities of one line.</summary>
    public static Dictionary<string, double> Top(JsonElement line) =>
        line.GetProperty("top").EnumerateArray().ToDictionary(guess => guess.GetProperty("label").GetString()!, guess => guess.GetProperty("probability").GetDouble());
}
