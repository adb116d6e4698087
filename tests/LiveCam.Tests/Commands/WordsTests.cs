using LiveCam.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>Files and folders without a verb do what they look like.</summary>
public sealed class WordsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_a_word_is_decides_what_is_done_with_it()
    {
        string photo = scratch.Write("photo.jpg", [1]), model = scratch.Write("model.onnx", [1]);
        foreach (string folder in new[] { "pictures", "project", "recording" }) Directory.CreateDirectory(scratch[folder]);
        scratch.Write("project/journal.jsonl", []);
        scratch.Write("recording/recording.json", []);
        Is(["run"]);
        Is(["run", "--headless"], "--headless");
        Is(["--help"], "--help");
        Is(["models", "get", "mnist"], "models", "get", "mnist");
        Is(["run", "--source", photo], photo);
        Is(["run", "--model", model, "--headless"], model, "--headless");
        Is(["run", "--source", photo, "--model", model, "--json"], photo, model, "--json");
        Is(["run", "--source", scratch["pictures"]], scratch["pictures"]);
        Is(["run", "--project", scratch["project"]], scratch["project"]);
        Is(["replay", scratch["recording"], "--check"], scratch["recording"], "--check");
        Is(["run", "--source", "rtsp://camera/live"], "rtsp://camera/live");
        Is(["run", "--source", "digits"], "digits");
        // A model that is not there is asked for as one; whatever else is nothing is left to the parser.
        Is(["run", "--model", "gone.onnx"], "gone.onnx");
        Is(["gone"], "gone");

        static void Is(string[] expected, params string[] words) => Assert.Equal(expected, Words.Complete(words, ["run", "replay", "models"], "run"));
    }

    [Fact]
    public void A_photograph_is_shown_to_the_ten_things_and_the_way_to_more_is_told()
    {
        string photo = scratch["photo.png"];
        LiveCam.Platform.ImageFile.Save(Scratch.Pattern(64, 48), photo);
        Call call = Call.Run(photo, "--headless", "--json", "--device", "cpu");
        Assert.True(call.Exit == 0, call.Error);
        Assert.Contains(call.Json[0].GetProperty("top")[0].GetProperty("label").GetString(), new[] { "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck" });
        Assert.Contains("it knows ten things", call.Error);
        Assert.Contains("--model squeezenet1.1", call.Error);
        // Kernels have no classes.
        Call kernels = Call.Run(photo, "--headless", "--json", "--device", "cpu", "--model", "kernels");
        Assert.Equal((0, 0), (kernels.Exit, kernels.Json[0].GetProperty("top").GetArrayLength()));
    }
}
