using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

public sealed class OwnModelTests
{
    [Fact]
    public void Every_network_that_comes_with_the_program_passes_its_own_test()
    {
        // The network of the package is no file of ours.
        string[] files = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models"), "*.onnx").Where(file => Path.GetFileName(file) != "resnet18.onnx")];
        Assert.Equal(["cifar10.onnx", "digits.onnx"], files.Select(Path.GetFileName).Order());
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 20 << 20);
        Call call = Call.Run(["verify", .. files]);
        Assert.True(call.Exit == 0, call.Output + call.Error);
    }

    [Fact]
    public void A_project_of_which_nothing_is_known_is_taught_on_the_one_that_comes_with_the_program()
    {
        using var scratch = new Scratch();
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "pattern:64x48", "--frames", "2", "--project", scratch["things"]);
        Assert.True(call.Exit == 0, call.Error);
    }

    [Fact]
    public void Teaching_stands_on_the_network_of_the_package()
    {
        Assert.Equal("resnet18.onnx", Path.GetFileName(OwnModels.Backbone));
        // None of the libraries that the package is meant for came with it.
        Assert.Empty(Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.ML*"));
        PictureModel model = PictureModel.Load(OwnModels.Backbone!, null, new Dictionary<string, string>());
        Assert.False(model.IsGuess);
        Assert.Equal("Pooling395_Output_0", PictureLayers.Features(model));
    }

    /// <summary>
    /// The package's own preprocessing exchanges red and blue and takes a mean picture off: ours takes off that picture's mean color, so that the mean difference of each
    /// channel is none, and every difference is that of one of its pixels from the mean.
    /// </summary>
    [Fact]
    public void Its_contract_is_that_of_the_package()
    {
        PictureModel model = PictureModel.Load(OwnModels.Backbone!, null, new Dictionary<string, string>());
        Picture picture = Scratch.Noise(224, 224, PixelFormat.Bgr8);
        var ours = new float[3 * 224 * 224];
        new PreprocessingCpu(model.Contract).Run(picture, ours, new TensorStrides(224, 1, 224 * 224));
        float[] red = new float[ours.Length], theirs = new float[ours.Length];
        for (int y = 0; y < 224; y++)
            for (int x = 0; x < 224; x++)
                for (int c = 0; c < 3; c++) red[(c * 224 + y) * 224 + x] = picture.Row(y)[x * 3 + 2 - c];
        using (var package = TensorNetwork.Load(Path.Combine(AppContext.BaseDirectory, "ResNetPreprocess.onnx"), kind: DeviceKind.Cpu)) package.Run(red, theirs);
        for (int c = 0; c < 3; c++)
        {
            float[] differences = [.. Enumerable.Range(c * 224 * 224, 224 * 224).Select(i => theirs[i] - ours[i])];
            Assert.Equal(0, differences.Average(), 1e-3);
            Assert.InRange(differences.Max(Math.Abs), 0.1f, 25);
        }
    }

    [Fact]
    public void A_model_of_another_build_is_found_beside_this_one()
    {
        using var scratch = new Scratch();
        string gone = Path.Combine(scratch.Folder, "app.1", "models", "cifar10.onnx"), strange = Path.Combine(scratch.Folder, "cifar10.onnx"), there = scratch.Write("mine.onnx", []);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models", "cifar10.onnx"), OwnModels.Now(gone));
        Assert.Equal(strange, OwnModels.Now(strange));
        Assert.Equal(there, OwnModels.Now(there));
    }
}
