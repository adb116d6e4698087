using LiveCam.Engine.Explaining;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>Explanations over the running picture.</summary>
public sealed class ExplainLiveTests : IDisposable
{
    private static readonly string Network = "models/resnet8-cifar10/model.onnx";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Keys_switch_it_on_walk_the_methods_and_hold_what_is_explained()
    {
        PictureModel model = PictureModel.Load(Requirements.Data(Network), Requirements.Data("labels/cifar10.txt"), new Dictionary<string, string>());
        using var live = new LiveProgram(model, new CaptureSettings(Requirements.Data("photos/cat_720p.jpg")) { Stays = true }, scratch.Folder, isWindow: false);
        live.Until(() => live.Frame.Answer is not null, "an answer");
        byte[] without = Pane(live);
        live.Press(Key.F6, () => live.Screen.Message.StartsWith("grad-cam:", StringComparison.Ordinal));
        live.Until(() => !Pane(live).SequenceEqual(without), "a map over the picture");
        live.Press(Key.F7, () => live.Screen.Message.StartsWith("grad-cam++:", StringComparison.Ordinal));
        live.Press(Key.F8, () => live.Screen.Message == $"explained: {live.Frame.Answer!.Top[0].Label}");
        live.Press(Key.F8, () => live.Screen.Message.StartsWith("explained: channel 0 of ", StringComparison.Ordinal));
        live.Press(Key.F6, () => live.Screen.Message == "no explanation");
        live.Until(() => Pane(live).SequenceEqual(without), "the picture alone");
    }

    /// <summary>A map of <c>livecam explain</c> and the colors of a recording lie on the same places.</summary>
    [Fact]
    public void A_recorded_frame_carries_the_map_of_the_command()
    {
        (string photo, string network) = (Requirements.Data("photos/chelsea-cat.png"), Requirements.Data("models/squeezenet1.1-7/model.onnx"));
        Picture[] frames = [.. new[] { "grad-cam", null }.Select(method =>
        {
            string file = scratch[$"{method ?? "none"}.png"];
            string[] explain = method is null ? [] : ["--explain", method];
            Call run = Call.Run(["run", "--headless", "--source", photo, "--model", network, "--frames", "1", "--device", "cpu", "--snapshot", file, .. explain]);
            Assert.True(run.Exit == 0, run.Error);
            return ImageFile.Load(file);
        })];
        Call command = Call.Run("explain", photo, "--model", network, "--out", scratch.Folder, "--device", "cpu");
        Assert.True(command.Exit == 0, command.Error);
        // The camera's pane of the usual layout holds the picture from (79, 17), 686 x 454; numbers of the command come after a head of 128 bytes.
        byte[] npy = File.ReadAllBytes(scratch["chelsea-cat-grad-cam.npy"]);
        (int width, int height) = (451, 300);
        double[] changes = new double[2], places = new double[2];
        float most = Enumerable.Range(0, width * height).Max(i => Value(i));
        for (int y = 20; y < 420; y++)
            for (int x = 0; x < 686; x++)
            {
                float value = Value(y * height / 454 * width + x * width / 686);
                int group = value > 0.6f * most ? 1 : value < 0.1f * most ? 0 : -1;
                if (group < 0) continue;
                int at = ((17 + y) * 1280 + 79 + x) * 3;
                places[group]++;
                for (int c = 0; c < 3; c++) changes[group] += Math.Abs(frames[0].Bytes[at + c] - frames[1].Bytes[at + c]);
            }
        Assert.True(places[0] > 1000 && places[1] > 1000);
        Assert.True(changes[1] / places[1] > 4 * (changes[0] / places[0]), $"{changes[1] / places[1]:0.0} where the map is high, {changes[0] / places[0]:0.0} where it is low");

        float Value(int i) => BitConverter.ToSingle(npy, 128 + 4 * i);
    }

    [Fact]
    public void A_method_that_is_none_is_refused_with_the_list()
    {
        Call call = Call.Run("run", "--headless", "--explain", "magic");
        Assert.Equal(2, call.Exit);
        Assert.All(ExplainMethods.All, method => Assert.Contains(method.Name, call.Error));
    }

    private static byte[] Pane(LiveProgram live)
    {
        live.App.Tick();
        Picture look = live.Look()!;
        return [.. Enumerable.Range(look.Height / 8, look.Height / 4).SelectMany(y => look.Bytes.AsSpan((y * look.Width + look.Width / 10) * 4, look.Width).ToArray())];
    }
}
