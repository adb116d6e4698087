using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Passes;

public sealed class TrainingFormTests
{
    private const int Pictures = 5;

    /// <summary>Pooling goes before the ReLU, and losses and gradients of all weights are to the bit those of the network as it was written.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public void A_relu_behind_its_pooling_changes_no_gradient(int kernel, int stride)
    {
        Graph model = Pooled(kernel, stride);
        Value output = model.Outputs[0].Value;
        (Graph exchanged, Func<Value, Value> map) = TrainingForm.Of(model, output, _ => false, _ => Value.None, 1);
        Graph plain = TrainingForm.Open(model, output, "y");
        Assert.Equal(["Relu", "MaxPool"], Order(plain));
        Assert.Equal(["MaxPool", "Relu"], Order(exchanged));
        Assert.Equal(Gradients(plain, plain.Outputs[0].Value, model), Gradients(exchanged, map(output), model));
    }

    [Fact]
    public void A_relu_that_something_else_reads_stays_where_it_is()
    {
        Graph model = Pooled(2, 2);
        Value inner = model.Nodes.Single(node => node.Op is Relu).Outputs[0];
        Assert.Equal(["Relu", "MaxPool"], Order(TrainingForm.Of(model, inner, _ => false, _ => Value.None, 1).Graph));
    }

    private static IEnumerable<string> Order(Graph graph) => graph.Nodes.Where(node => node.Op is Relu or MaxPool).Select(node => node.Op.Name);

    private static Graph Pooled(int kernel, int stride)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [1, 2, 9, 9]);
        x = graph.Add(new Conv2d(3, 1, 1), x, graph.Parameter("weight", RandomTensors.Uniform([6, 2, 3, 3], 1)), graph.Parameter("bias", RandomTensors.Uniform([6], 2)));
        x = graph.Add(new Flatten(), graph.Add(new MaxPool(Window.Square(kernel, stride)), graph.Add(new Relu(), x)));
        graph.Output("y", graph.Add(new Gemm(TransposeB: true), x, graph.Parameter("last", RandomTensors.Uniform([3, 96], 3))));
        return graph;
    }

    /// <summary>The loss and the gradient of every weight, number by number.</summary>
    private static float[] Gradients(Graph graph, Value output, Graph model)
    {
        Value loss = new CrossEntropyLoss().Build(graph, output, graph.Parameter("target", Tensor.Of<float>([Pictures, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0])));
        graph.Output("loss", loss);
        foreach ((int i, Value gradient) in GradientWalk.Walk(graph, loss, [.. TrainingForm.Trainable(model).Select(graph.Parameter)]).Index())
            graph.Output($"gradient {i}", gradient);
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device, new() { InputShapes = new Dictionary<string, Shape> { ["x"] = [Pictures, 2, 9, 9] } });
        plan.Write("x", RandomTensors.Uniform([Pictures, 2, 9, 9], 4));
        plan.Run();
        return [.. graph.Outputs.Where(one => one.Name != "y").SelectMany(one => plan.Read(one.Name).Span<float>().ToArray())];
    }
}
