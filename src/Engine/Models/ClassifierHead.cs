using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>The end of a network that ranks classes.</summary>
public static class ClassifierHead
{
    /// <summary>The output before a softmax or a logistic function, where one of them ends the network.</summary>
    public static Value Logits(Graph graph)
    {
        Value output = graph.Outputs[0].Value;
        Node? last = graph.Nodes.FirstOrDefault(node => node.Outputs[0] == output);
        return last?.Op is Softmax or Sigmoid ? last.Inputs[0] : output;
    }

    /// <summary>A network with its last layer made anew for other classes; everything before keeps its weights, shared with the old graph.</summary>
    /// <param name="graph">Its first output follows, at the end, a fully connected layer or a 1x1 convolution with constant weights.</param>
    /// <exception cref="LiveCamException">It has no such layer.</exception>
    public static Graph Replace(Graph graph, int classes, long seed)
    {
        Node head = graph.Nodes.LastOrDefault(node => Weight(graph, node) is not null)
            ?? throw new LiveCamException("Cannot give the network new classes: it has no fully connected layer or 1x1 convolution at its end whose weights are constant.");
        var made = new Graph();
        var map = new Dictionary<Value, Value>();
        var weights = new SeededWeights(seed);
        foreach (GraphInput input in graph.Inputs) map[input.Value] = made.Input(input.Name, input.Type, input.Extents);
        foreach (Node node in graph.Nodes)
        {
            Value[] inputs = [.. node.Inputs.Select((value, i) => node == head && i > 0 && value.Exists ? Fresh(value, i) : Map(value))];
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? graph.NameOf(value) : null);
            foreach ((Value old, Value copy) in node.Outputs.Zip(made.Add(node.Op, node.Name, names, inputs)))
                if (old.Exists) map[old] = copy;
        }
        foreach ((string name, Value value) in graph.Outputs) made.Output(name, Map(value));
        return made;

        Value Map(Value old)
        {
            if (old.Exists && !map.ContainsKey(old)) map[old] = made.Parameter(graph.Parameters[old]);
            return old.Exists ? map[old] : Value.None;
        }

        Value Fresh(Value old, int input)
        {
            Parameter parameter = graph.Parameters[old];
            if (input == 2) return made.Parameter(parameter.Name, SeededWeights.Constant([classes], 0));
            int features = head.Op is Gemm { TransposeB: false } ? parameter.Shape[0] : parameter.Shape[1];
            Tensor rows = weights.Glorot(parameter.Name, [classes, features]);
            return made.Parameter(parameter.Name, head.Op switch
            {
                Gemm { TransposeB: false } => Transposed(rows, classes, features),
                Conv2d => new Tensor(ElementType.Float32, [classes, features, 1, 1], rows.Bytes),
                _ => rows,
            });
        }
    }

    private static Parameter? Weight(Graph graph, Node node) => node.Op switch
    {
        Gemm { TransposeA: false } => graph.Parameters.GetValueOrDefault(node.Inputs[1]),
        Conv2d { Groups: 1 } => graph.Parameters.GetValueOrDefault(node.Inputs[1]) is { Shape: { Rank: 4 } shape } found && shape[2] == 1 && shape[3] == 1 ? found : null,
        _ => null,
    };

    private static Tensor Transposed(Tensor rows, int classes, int features)
    {
        var result = new Tensor(ElementType.Float32, [features, classes]);
        for (int i = 0; i < classes; i++)
            for (int j = 0; j < features; j++)
                result.Span<float>()[j * classes + i] = rows.Span<float>()[i * features + j];
        return result;
    }
}
