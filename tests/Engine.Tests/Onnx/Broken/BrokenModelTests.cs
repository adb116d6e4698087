using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx.Broken;

/// <summary>The doctor says everything that keeps a model from running, and what is wrong with the weights of one that runs.</summary>
public sealed class BrokenModelTests
{
    public static TheoryData<string> Names => [.. BrokenModels.All.Select(broken => broken.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_model_gets_its_report(string name)
    {
        BrokenModels.Broken broken = BrokenModels.All.Single(one => one.Name == name);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, broken.Make().ToByteArray());
            Assert.Equal(broken.Report, ModelDoctor.Examine(path, further: graph => Compiler.Problems(graph, new())));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_found()
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1, 4]), good = graph.Parameter("good", Tensor.Of<float>([4], 1, 2, 3, 4));
        Value bad = graph.Parameter("bad", Tensor.Of<float>([4], 1, float.NaN, float.NegativeInfinity, float.NaN));
        x = graph.Add(new Add(), "shift", 1, x, good)[0];
        graph.Output("y", graph.Add(new Mul(), "stretch", 1, x, bad)[0]);
        WeightFault fault = Assert.Single(WeightFault.Of(graph));
        Assert.Equal(new WeightFault("bad", "stretch", 2, 1), fault);
        Assert.Equal("stretch: the weight \"bad\" holds 2 times NaN and 1 times infinity; did its training diverge?", fault.ToString());
    }
}
