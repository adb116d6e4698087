using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// The gradient of one line of <see cref="OpCases"/> against central differences of its double-precision reference, along random
/// directions. The engine computes the gradient in float32; the differences are exact to about 1e-9.
/// </summary>
internal static class GradientCheck
{
    private const int Directions = 8;
    private const double Step = 1e-5;

    /// <summary>How many inputs, counted from the first, an operation differentiates with respect to; 0 where it has no gradient.</summary>
    public static int Differentiable(OpCase line)
    {
        for (int count = line.Inputs.Length; count > 0; count--)
            if (line.Inputs.Take(count).Any(IsFree) && Build(line, count) is not null)
                return count;
        return 0;
    }

    /// <returns>Null where the gradient is right; else what was found.</returns>
    public static string? Problem(OpCase line, Device device)
    {
        int count = Differentiable(line);
        (Graph graph, Value[] gradients) = Build(line, count)!.Value;
        int seed = line.Name.Aggregate(31, (hash, letter) => hash * 31 + letter) & 0xFFFFF;
        Tensor[] inputs = [.. line.Inputs.Select((input, i) => AwayFromKinks(line.Op, input, input.Fill(seed + i), i))];
        Doubles?[] exact = [.. line.Inputs.Select((input, i) => input.IsMissing ? null : Doubles.From(inputs[i]))];
        Answer answer = References.Of(line.Op, exact);
        Tensor back = RandomTensors.Uniform(answer.Outputs[0].Shape, seed + 77);
        using Plan plan = Compiler.Compile(graph, device);
        foreach (GraphInput input in graph.Inputs)
            plan.Write(input.Name, input.Name == "dy" ? back : inputs[int.Parse(input.Name[1..])]);
        plan.Run();
        Doubles?[] found = [.. gradients.Select((value, i) => value.Exists ? Doubles.From(plan.Read($"dx{i}")) : null)];

        double Value(Doubles?[] at) => References.Of(line.Op, at).Outputs[0].Data.Zip(back.Span<float>().ToArray(), (y, r) => y * r).Sum();
        var random = new Random(seed);
        int terms = Math.Max(answer.Outputs[0].Count, exact.Max(x => x?.Count ?? 0));
        for (int direction = 0; direction < Directions; direction++)
        {
            Doubles?[] ahead = [.. exact], behind = [.. exact];
            double along = 0, scale = 0;
            for (int i = 0; i < count; i++)
            {
                if (!IsFree(line.Inputs[i]))
                    continue;
                double[] way = [.. exact[i]!.Data.Select(_ => random.NextDouble() * 2 - 1)];
                ahead[i] = new(exact[i]!.Shape, [.. exact[i]!.Data.Zip(way, (x, d) => x + Step * d)]);
                behind[i] = new(exact[i]!.Shape, [.. exact[i]!.Data.Zip(way, (x, d) => x - Step * d)]);
                if (found[i] is not { } gradient)
                    continue;
                if (gradient.Shape != exact[i]!.Shape)
                    return $"the gradient of input {i} has shape {gradient.Shape} instead of {exact[i]!.Shape}";
                along += gradient.Data.Zip(way, (g, d) => g * d).Sum();
                scale += gradient.Data.Max(Math.Abs) * way.Sum(Math.Abs);
            }
            double expected = (Value(ahead) - Value(behind)) / (2 * Step);
            // No element of a gradient sums more terms than the largest operand has elements; 1e-8 is left of the differences.
            double allowed = (RandomTensors.Fp32(terms) + answer.Ulps * Math.Pow(2, -23)) * scale + 1e-8 * (1 + Math.Abs(Value(exact)));
            if (!(Math.Abs(along - expected) <= allowed))
                return $"direction {direction}: {along} instead of {expected}, allowed {allowed:E2}";
        }
        return null;
    }

    /// <summary>A graph of the operation and its reverse, with outputs dx0, dx1, ...; null where the operation refuses.</summary>
    private static (Graph Graph, Value[] Gradients)? Build(OpCase line, int count)
    {
        var graph = new Graph();
        Value[] values = [.. line.Inputs.Select((input, i) => input.IsMissing ? Value.None
            : input.Constant is { } constant ? graph.Parameter($"p{i}", constant)
            : graph.Input($"x{i}", input.Type, Ints.Create(input.Shape.Span)))];
        graph.Add(line.Op, "node", [.. Enumerable.Range(0, line.Outputs).Select(i => $"y{i}")], values);
        Node node = graph.Nodes[0];
        var wanted = values.Take(count).Where((_, i) => IsFree(line.Inputs[i])).ToHashSet();
        if (Compiler.Problems(graph, new()).Count > 0)
            return null;
        ValueInfo result = Compiler.Infer(graph, new())[node.Outputs[0]];
        if (result.Type != ElementType.Float32)
            return null;
        Shape shape = result.Shape;
        Value dy = graph.Input("dy", shape);
        var call = new GradientCall(graph, node, wanted.Contains, [dy, .. Enumerable.Repeat(Value.None, line.Outputs - 1)]);
        line.Op.Gradient(call);
        if (call.IsRefused)
            return null;
        Value[] gradients = [.. values.Select((_, i) => call.Wants(i) ? call[i] : Value.None)];
        for (int i = 0; i < gradients.Length; i++)
            if (gradients[i].Exists)
                graph.Output($"dx{i}", gradients[i]);
        return (graph, gradients);
    }

    private static bool IsFree(Input input) => input is { Constant: null, IsMissing: false, Type: ElementType.Float32 };

    /// <summary>Moves elements that lie where the function has a corner; what is compared with each other is made distinct.</summary>
    private static Tensor AwayFromKinks(Op op, Input input, Tensor tensor, int number)
    {
        if (!IsFree(input) || number > 0)
            return tensor;
        if (op is MaxPool or GlobalMaxPool or NMaxPool or Hardmax or ReduceMax or ReduceMin)
        {
            var random = new Random(tensor.Count);
            int[] ranks = [.. Enumerable.Range(0, tensor.Count)];
            random.Shuffle(ranks);
            return Tensor.Of<float>(tensor.Shape, [.. ranks.Select(rank => 2f * rank / tensor.Count - 1)]);
        }
        double[] kinks = op switch
        {
            Relu or LeakyRelu or Elu or Selu or Celu or PRelu or Abs or Sign or Softsign or ReduceL1 => [0],
            ThresholdedRelu { Alpha: var alpha } => [alpha],
            Floor or Ceil => [-3, -2, -1, 0, 1, 2, 3],
            Round => [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5],
            Clip { Lowest: var low, Highest: var high } => [low, high, -0.5, 0.25],
            HardSigmoid { Alpha: var a, Beta: var b } => [-b / a, (1 - b) / a],
            HardSwish => [-3, 3],
            _ => [],
        };
        Tensor moved = Tensor.Of<float>(tensor.Shape, tensor.Span<float>());
        foreach (ref float x in moved.Span<float>())
            foreach (double kink in kinks)
                if (Math.Abs(x - kink) < 1e-3)
                    x = (float)kink + 2e-3f;
        return moved;
    }
}
