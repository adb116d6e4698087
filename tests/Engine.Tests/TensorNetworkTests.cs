using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Models;

namespace LiveCam.Engine.Tests;

public sealed class TensorNetworkTests
{
    private const string Folder = "models/mnist-8";

    private static TensorNetwork Load() => TensorNetwork.Load(Requirements.Data($"{Folder}/model.onnx"), kind: DeviceKind.Cpu, threads: 1);

    [Fact]
    public void Floats_go_in_and_the_expected_floats_come_out()
    {
        using TensorNetwork net = Load();
        foreach ((Tensor[] inputs, Tensor[] outputs) in TestData.Read(Folder).Sets)
        {
            float[] expected = outputs[0].Span<float>().ToArray(), found = new float[net.ShapeOf(net.Outputs[0]).ElementCount];
            net.Run(inputs[0].Span<float>(), found);
            double largest = expected.Max(MathF.Abs);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * largest));
        }
    }

    [Fact]
    public void Wrong_numbers_and_names_are_refused_with_both_facts()
    {
        using TensorNetwork net = Load();
        string input = Assert.Single(net.Inputs), output = Assert.Single(net.Outputs);
        Assert.Equal($"\"{input}\" is 1x1x28x28, which is 784 numbers, but the span has 783.", Assert.Throws<LiveCamException>(() => net.Write(input, new float[783])).Message);
        Assert.Equal($"\"{output}\" is 1x10, which is 10 numbers, but the span has 11.", Assert.Throws<LiveCamException>(() => net.Read(output, new float[11])).Message);
        Assert.Contains($"its inputs are {input}", Assert.Throws<LiveCamException>(() => net.Write("picture", new float[784])).Message);
    }
}
