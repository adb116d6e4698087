using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Training;

/// <summary>Small networks with seeded weights, and data they can learn.</summary>
internal static class Networks
{
    /// <summary>A fully connected network of the given widths, tanh between the layers.</summary>
    public static Graph Connected(int seed, params int[] widths)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [-1, widths[0]]);
        for (int i = 1; i < widths.Length; i++)
        {
            float range = MathF.Sqrt(6f / (widths[i - 1] + widths[i]));
            Value weights = graph.Parameter($"fc{i}.weight", RandomTensors.Uniform([widths[i], widths[i - 1]], seed + i, -range, range));
            x = graph.Add(new Gemm(TransposeB: true), $"fc{i}", 1, x, weights, graph.Parameter($"fc{i}.bias", new Tensor(ElementType.Float32, [widths[i]])))[0];
            if (i < widths.Length - 1)
                x = graph.Add(new Tanh(), x);
        }
        graph.Output("y", x);
        return graph;
    }

    /// <summary>Two arms of a spiral: not to be told apart by a line.</summary>
    public static (Tensor Points, Tensor Targets) Spirals(int count, int seed)
    {
        var random = new Random(seed);
        Tensor points = new(ElementType.Float32, [count, 2]), targets = new(ElementType.Float32, [count, 2]);
        for (int i = 0; i < count; i++)
        {
            double along = random.NextDouble(), angle = along * 4.5 + i % 2 * Math.PI, radius = 0.15 + along;
            points.Span<float>()[2 * i] = (float)(radius * Math.Cos(angle) + (random.NextDouble() - 0.5) * 0.06);
            points.Span<float>()[2 * i + 1] = (float)(radius * Math.Sin(angle) + (random.NextDouble() - 0.5) * 0.06);
            targets.Span<float>()[2 * i + i % 2] = 1;
        }
        return (points, targets);
    }

    public static double Accuracy(Tensor output, Tensor targets)
    {
        int classes = output.Shape[1], right = 0;
        float[] y = output.Span<float>().ToArray(), t = targets.Span<float>().ToArray();
        for (int n = 0; n < output.Shape[0]; n++)
        {
            float[] row = y[(n * classes)..((n + 1) * classes)];
            right += t[n * classes + Array.IndexOf(row, row.Max())] == 1 ? 1 : 0;
        }
        return (double)right / output.Shape[0];
    }
}
