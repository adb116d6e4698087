using LiveCam.Networks;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

public sealed class OwnModelTests
{
    [Fact]
    public void Every_network_that_comes_with_the_program_passes_its_own_test()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models"), "*.onnx");
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
    public void A_model_of_another_build_is_found_beside_this_one()
    {
        using var scratch = new Scratch();
        string gone = Path.Combine(scratch.Folder, "app.1", "models", "cifar10.onnx"), strange = Path.Combine(scratch.Folder, "cifar10.onnx"), there = scratch.Write("mine.onnx", []);
        Assert.Equal(OwnModels.Backbone, OwnModels.Now(gone));
        Assert.Equal(strange, OwnModels.Now(strange));
        Assert.Equal(there, OwnModels.Now(there));
    }
}
