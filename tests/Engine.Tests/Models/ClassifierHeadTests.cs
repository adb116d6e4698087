using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

public sealed class ClassifierHeadTests
{
    [Theory]
    [InlineData("lenet5")]
    [InlineData("resnet20")]
    public void Only_the_last_layer_is_made_anew(string name)
    {
        Assert.True(NetworkTable.TryFind(name, out NetworkFamily? family));
        Graph old = family.Build(), made = ClassifierHead.Replace(old, classes: 7, outputs: 10, seed: 3);
        Assert.Equal(old.Nodes.Select(node => node.Name), made.Nodes.Select(node => node.Name));
        foreach (Parameter parameter in made.Parameters.Values)
            Assert.Equal(!parameter.Name.StartsWith("logits"), old.Parameters.Values.Contains(parameter));
        Assert.Equal(Shape.Create([1, 7]), Compiler.Infer(made, new() { InputShapes = Input(family) })[made.Outputs[0].Value].Shape);
    }

    [Fact]
    public void Features_that_end_in_a_normalization_get_a_layer_behind_them()
    {
        var old = new Graph();
        Value x = old.Input("x", [2, 3, 4, 4]);
        x = old.Add(new Conv2d(1), x, old.Parameter("w", RandomTensors.Uniform([5, 3, 1, 1], 1)));
        Parameter[] statistics = [.. new[] { "scale", "shift", "mean", "variance" }.Select(name => new Parameter(name, Tensor.Of<float>([5], 1, 1, 1, 1, 1)))];
        x = old.Add(new BatchNormalization(), [x, .. statistics.Select(old.Parameter)]);
        old.Output("features", old.Add(new GlobalAveragePool(), x));
        Graph made = ClassifierHead.Replace(old, classes: 3, outputs: 5, seed: 1);
        Assert.Equal(Shape.Create([2, 3]), Compiler.Infer(made, new())[made.Outputs[0].Value].Shape);
        Assert.All(old.Parameters.Values, parameter => Assert.Contains(parameter, made.Parameters.Values));
    }

    /// <summary>As some exporters write a fully connected layer: a product, with a matrix that may be reshaped on the way, and a sum.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_product_and_a_sum_are_a_last_layer(bool isReshaped, bool hasSoftmax)
    {
        var old = new Graph();
        Value x = old.Input("x", [2, 3, 2, 2]);
        x = old.Add(new Conv2d(1), "conv", 1, x, old.Parameter("conv.weight", RandomTensors.Uniform([4, 3, 1, 1], 1)))[0];
        x = old.Add(new Flatten(), x);
        Value matrix = isReshaped ? old.Add(new Reshape(), "matrix", 1, old.Parameter("weights", RandomTensors.Uniform([4, 4, 5], 2)), old.Parameter("shape", Tensor.Of<long>([2], 16, 5)))[0]
            : old.Parameter("weights", RandomTensors.Uniform([16, 5], 2));
        x = old.Add(new Add(), "sum", 1, old.Add(new MatMul(), "product", 1, x, matrix)[0], old.Parameter("biases", RandomTensors.Uniform([1, 5], 3)))[0];
        old.Output("y", hasSoftmax ? old.Add(new Softmax(), x) : x);
        Graph made = ClassifierHead.Replace(old, classes: 7, outputs: 5, seed: 1);
        Assert.Equal(Shape.Create([2, 7]), Compiler.Infer(made, new())[made.Outputs[0].Value].Shape);
        Assert.Equal([16, 7], made.Parameters.Values.Single(one => one.Name == "weights").Shape.Span.ToArray());
        Assert.All(made.Parameters.Values.Single(one => one.Name == "biases").Value.Span<float>().ToArray(), x => Assert.Equal(0, x));
        Assert.Contains(old.Parameters.Values.Single(one => one.Name == "conv.weight"), made.Parameters.Values);
        Assert.DoesNotContain(made.Nodes, node => node.Op is Gemm);
    }

    [Fact]
    public void The_logits_stand_before_a_softmax()
    {
        var graph = new Graph();
        Value logits = graph.Add(new Relu(), graph.Input("x", [1, 4])), output = graph.Add(new Softmax(), logits);
        graph.Output("probabilities", output);
        Assert.Equal(logits, ClassifierHead.Logits(graph));
        graph = new Graph();
        Value only = graph.Add(new Relu(), graph.Input("x", [1, 4]));
        graph.Output("y", only);
        Assert.Equal(only, ClassifierHead.Logits(graph));
    }

    private static Dictionary<string, Shape> Input(NetworkFamily family) => new() { ["picture"] = [1, family.Usual.Channels, family.Usual.Size, family.Usual.Size] };
}
