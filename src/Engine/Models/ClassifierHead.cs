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

    /// <summary>
    /// A network for other classes: its last layer, a fully connected one (with its bias also where that is added in a node of its own) or a 1x1 convolution, with constant weights, is made anew; where a
    /// normalization follows that layer the network ends in features, and a fully connected layer is put behind them. All else
    /// keeps its weights, shared with the old graph.
    /// </summary>
    /// <param name="outputs">Numbers in the first output for each picture.</param>
    public static Graph Replace(Graph graph, int classes, int outputs, long seed)
    {
        Node? head = graph.Nodes.LastOrDefault(node => Weight(graph, node) is not null);
        Node? reshape = head?.Op is MatMul ? graph.Nodes.FirstOrDefault(node => node.Outputs[0] == head.Inputs[1]) : null;
        Node? sum = head?.Op is MatMul ? graph.Nodes.FirstOrDefault(node => node.Op is Add && node.Inputs.Contains(head.Outputs[0])) : null;
        if (head is not null && graph.Nodes.SkipWhile(node => node != head).Any(node => node.Op is BatchNormalization)) head = null;
        var made = new Graph();
        var map = new Dictionary<Value, Value>();
        var weights = new SeededWeights(seed);
        foreach (GraphInput input in graph.Inputs) map[input.Value] = made.Input(input.Name, input.Type, input.Extents);
        foreach (Node node in graph.Nodes)
        {
            if (node == reshape) continue;
            Value[] inputs = [.. node.Inputs.Select((value, i) => node == head && i > 0 && value.Exists ? Fresh(value, i) : node == sum && Shift(value) is { } old ? Zeros(old) : Map(value))];
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? graph.NameOf(value) : null);
            foreach ((Value old, Value copy) in node.Outputs.Zip(made.Add(node.Op, node.Name, names, inputs)))
                if (old.Exists) map[old] = copy;
        }
        if (head is null) made.Output(LayerBuilder.Output, Behind(Map(graph.Outputs[0].Value)));
        else foreach ((string name, Value value) in graph.Outputs) made.Output(name, Map(value));
        return made;

        Value Behind(Value features)
        {
            Value weight = made.Parameter($"{LayerBuilder.Output}.weight", weights.Glorot($"{LayerBuilder.Output}.weight", [classes, outputs]));
            Value bias = made.Parameter($"{LayerBuilder.Output}.bias", SeededWeights.Constant([classes], 0));
            return made.Add(new Gemm(TransposeB: true), LayerBuilder.Output, 1, made.Add(new Flatten(), "flat features", 1, features)[0], weight, bias)[0];
        }

        Value Map(Value old)
        {
            if (old.Exists && !map.ContainsKey(old)) map[old] = made.Parameter(graph.Parameters[old]);
            return old.Exists ? map[old] : Value.None;
        }

        // What is added to a matrix product, one number for each output.
        Parameter? Shift(Value value) => graph.Parameters.TryGetValue(value, out Parameter? found) && found.Shape is { Rank: > 0 } shape && shape.ElementCount == outputs && shape[shape.Rank - 1] == outputs ? found : null;

        Value Zeros(Parameter old) => made.Parameter(old.Name, SeededWeights.Constant(Shape.Create([.. old.Shape.SkipLast(1), classes]), 0));

        Value Fresh(Value old, int input)
        {
            (string name, Shape shape) = input == 2 ? (graph.Parameters[old].Name, default) : Weight(graph, head!)!.Value;
            if (input == 2) return made.Parameter(name, SeededWeights.Constant([classes], 0));
            int features = head!.Op is MatMul or Gemm { TransposeB: false } ? shape[0] : shape[1];
            Tensor rows = weights.Glorot(name, [classes, features]);
            return made.Parameter(name, head.Op switch
            {
                MatMul or Gemm { TransposeB: false } => Transposed(rows, classes, features),
                Conv2d => new Tensor(ElementType.Float32, [classes, features, 1, 1], rows.Bytes),
                _ => rows,
            });
        }
    }

    /// <summary>The name and shape of a layer's constant weights; null where it has none.</summary>
    private static (string Name, Shape Shape)? Weight(Graph graph, Node node)
    {
        if (node.Op is not (Gemm { TransposeA: false } or Conv2d { Groups: 1 } or MatMul)) return null;
        if (graph.Parameters.TryGetValue(node.Inputs[1], out Parameter? found))
            return node.Op is not Conv2d ? found.Shape.Rank == 2 ? (found.Name, found.Shape) : null : found.Shape is { Rank: 4 } shape && shape[2] == 1 && shape[3] == 1 ? (found.Name, shape) : null;
        // Some exporters keep the matrix in another shape and reshape it on the way.
        return node.Op is MatMul && graph.Nodes.FirstOrDefault(one => one.Outputs[0] == node.Inputs[1]) is { Op: Reshape } reshape
            && graph.Parameters.TryGetValue(reshape.Inputs[0], out Parameter? data) && graph.Parameters.TryGetValue(reshape.Inputs[1], out Parameter? wanted)
            && wanted is { Type: ElementType.Int64, Shape.ElementCount: 2 } && wanted.Value.Span<long>() is [> 0 and var rows, > 0 and var columns] && rows * columns == data.Shape.ElementCount
            ? (data.Name, Shape.Create([(int)rows, (int)columns])) : null;
    }

    private static Tensor Transposed(Tensor rows, int classes, int features)
    {
        var result = new Tensor(ElementType.Float32, [features, classes]);
        for (int i = 0; i < classes; i++)
            for (int j = 0; j < features; j++)
                result.Span<float>()[j * classes + i] = rows.Span<float>()[i * features + j];
        return result;
    }
}
