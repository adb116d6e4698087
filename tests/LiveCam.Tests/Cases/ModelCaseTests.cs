using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Cases;

[Collection(GlCollection.Name)]
public sealed class ModelCaseTests
{
    [Theory]
    [InlineData("cpu", "plain/model.onnx")]
    [InlineData("cpu", "windows/model.onnx")]
    [InlineData("gl", "windows/model.onnx")]
    [InlineData("cpu", "models--someone--tiny/snapshots/0123abcd/onnx/model.onnx")]
    public void Weights_beside_the_model_are_found(string device, string model) =>
        Assert.Equal("red", Case.Of("11-hf-cache-symlinks").Classify(device, model, "red.png", "--top", "1").Single().Key);

    [Fact]
    public void Links_of_a_cache_are_followed()
    {
        if (OperatingSystem.IsWindows()) return;
        Case own = Case.Of("11-hf-cache-symlinks");
        using var scratch = new Scratch();
        const string inner = "models--someone--tiny";
        Directory.CreateDirectory(scratch[$"{inner}/blobs"]);
        Directory.CreateDirectory(scratch[$"{inner}/snapshots/0123abcd/onnx"]);
        foreach (string blob in Directory.GetFiles(own[$"{inner}/blobs"])) File.Copy(blob, scratch[$"{inner}/blobs/{Path.GetFileName(blob)}"]);
        foreach (string file in Directory.GetFiles(own[$"{inner}/snapshots/0123abcd/onnx"]))
        {
            string to = scratch[$"{inner}/snapshots/0123abcd/onnx/{Path.GetFileName(file)}"];
            if (File.ReadAllText(file) is var target && target.StartsWith("../", StringComparison.Ordinal)) File.CreateSymbolicLink(to, target.Trim());
            else File.Copy(file, to);
        }
        Assert.Equal("red", new Case(scratch[""]).Classify("cpu", $"{inner}/snapshots/0123abcd/onnx/model.onnx", Path.Combine(own.Folder, "red.png"), "--top", "1").Single().Key);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gl")]
    public void What_Ultralytics_writes_is_read(string device)
    {
        Dictionary<string, double> answer = Case.Of("17-ultralytics-cls-metadata").Classify(device, "best.onnx", "red.png", out Call call);
        Assert.Equal(0.846, answer["red"], 3);
        Assert.Equal(0.077, answer["green"], 3);
        Assert.Equal(0.077, answer["blue"], 3);
        Assert.DoesNotContain("guess", call.Error);
    }

    [Theory]
    [InlineData("lfs.onnx", "Git LFS pointer")]
    [InlineData("page.onnx", "web page")]
    [InlineData("zipped.onnx", "ZIP archive")]
    [InlineData("model.pt", "ZIP archive")]
    [InlineData("model.tflite", "TensorFlow Lite")]
    [InlineData("model.h5", "Keras")]
    [InlineData("model.ort", "ONNX Runtime")]
    [InlineData("model.tar.gz", "gzip archive")]
    public void Files_that_are_no_models_are_called_what_they_are(string file, string name)
    {
        Call call = Call.Run("inspect", Case.Of("27-not-an-onnx-file")[file]);
        Assert.Equal(1, call.Exit);
        Assert.Contains(name, call.Output);
    }

    [Theory]
    [InlineData("tfjs", "model.json", "guess")]
    [InlineData("other-labels", "labels.txt", "1000")]
    [InlineData("nothing", "--contract", "guess")]
    public void What_lies_beside_a_model_and_does_not_fit_is_told_and_not_used(string folder, params string[] said)
    {
        Dictionary<string, double> answer = Case.Of("28-neighbours-of-the-model").Classify("cpu", $"{folder}/model.onnx", "red.png", out Call call);
        Assert.Equal(3, answer.Count);
        Assert.All(said, word => Assert.Contains(word, call.Error));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gl")]
    public void Networks_exported_for_training_compute_what_ONNX_says(string device)
    {
        Call call = Call.Run("verify", Case.Of("22-exported-in-training-mode").Folder, "--device", device);
        Assert.True(call.Exit == 0, call.Output);
        Assert.Contains("4 pass, 0 fail", call.Output);
    }
}
