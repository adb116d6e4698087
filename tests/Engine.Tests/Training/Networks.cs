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

    /// <summary>LeNet-5 as the lectures draw it: 61,706 parameters for pictures of 28 x 28.</summary>
    public static Graph LeNet(int seed)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [1, 1, 28, 28]);
        x = graph.Add(new MaxPool(Window.Square(2, 2)), graph.Add(new Relu(), Convolution(graph, "conv1", x, seed, 6, 1, 5, pad: 2)));
        x = graph.Add(new MaxPool(Window.Square(2, 2)), graph.Add(new Relu(), Convolution(graph, "conv2", x, seed + 1, 16, 6, 5)));
        x = graph.Add(new Flatten(), x);
        x = graph.Add(new Relu(), Layer(graph, "fc1", x, seed + 2, 120, 400));
        x = graph.Add(new Relu(), Layer(graph, "fc2", x, seed + 3, 84, 120));
        graph.Output("y", Layer(graph, "fc3", x, seed + 4, 10, 84));
        return graph;
    }

    /// <summary>A residual block with a strided shortcut, normalizations, an average over all pixels, dropout: 3 channels of 16 x 16.</summary>
    public static Graph Residual(int seed, float dropout = 0.2f)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [1, 1, 16, 16]);
        x = graph.Add(new Relu(), Normalized(graph, "norm1", Convolution(graph, "conv1", x, seed, 12, 1, 3, pad: 1, bias: false), 12));
        Value way = graph.Add(new Relu(), Normalized(graph, "norm2", Convolution(graph, "conv2", x, seed + 1, 20, 12, 3, pad: 1, stride: 2, bias: false), 20));
        way = Normalized(graph, "norm3", Convolution(graph, "conv3", way, seed + 2, 20, 20, 3, pad: 1, bias: false), 20);
        Value shortcut = Normalized(graph, "norm4", Convolution(graph, "conv4", x, seed + 3, 20, 12, 1, stride: 2, bias: false), 20);
        if (dropout > 0)
            way = graph.Add(new Dropout(Ratio: dropout, PerSample: true), way);
        x = graph.Add(new Relu(), graph.Add(new Add(), way, shortcut));
        x = graph.Add(new Flatten(), graph.Add(new GlobalAveragePool(), x));
        if (dropout > 0)
            x = graph.Add(new Dropout(Ratio: dropout), x);
        graph.Output("y", Layer(graph, "fc", x, seed + 5, 3, 20));
        return graph;
    }

    private static Value Convolution(Graph graph, string name, Value x, int seed, int k, int c, int kernel, int pad = 0, int stride = 1, bool bias = true)
    {
        float range = MathF.Sqrt(6f / (c * kernel * kernel));
        Value w = graph.Parameter($"{name}.weight", RandomTensors.Uniform([k, c, kernel, kernel], seed, -range, range));
        Value b = bias ? graph.Parameter($"{name}.bias", new Tensor(ElementType.Float32, [k])) : Value.None;
        return graph.Add(new Conv2d(kernel, stride, pad), name, 1, x, w, b)[0];
    }

    private static Value Layer(Graph graph, string name, Value x, int seed, int outputs, int inputs)
    {
        float range = MathF.Sqrt(6f / inputs);
        return graph.Add(new Gemm(TransposeB: true), name, 1, x, graph.Parameter($"{name}.weight", RandomTensors.Uniform([outputs, inputs], seed, -range, range)),
            graph.Parameter($"{name}.bias", new Tensor(ElementType.Float32, [outputs])))[0];
    }

    private static Value Normalized(Graph graph, string name, Value x, int channels)
    {
        Value Each(string what, float value)
        {
            var tensor = new Tensor(ElementType.Float32, [channels]);
            tensor.Span<float>().Fill(value);
            return graph.Parameter($"{name}.{what}", tensor);
        }
        return graph.Add(new BatchNormalization(), name, 1, x, Each("scale", 1), Each("shift", 0), Each("mean", 0), Each("variance", 1))[0];
    }

    /// <summary>Pictures of a bar, a cross or a frame somewhere, under noise; of ten classes (three at 16 x 16) the first three are used.</summary>
    public static (Tensor Pictures, Tensor Targets) Drawings(int count, int seed, int size)
    {
        var random = new Random(seed);
        int classes = size == 28 ? 10 : 3;
        Tensor pictures = new(ElementType.Float32, [count, 1, size, size]), targets = new(ElementType.Float32, [count, classes]);
        for (int n = 0; n < count; n++)
        {
            Span<float> picture = pictures.Span<float>().Slice(n * size * size, size * size);
            foreach (ref float x in picture)
                x = (float)(random.NextDouble() - 0.5) * 0.6f;
            int kind = random.Next(3), half = size / 4, cx = random.Next(half, size - half), cy = random.Next(half, size - half);
            for (int d = -half; d < half; d++)
            {
                if (kind < 2)
                    picture[cy * size + cx + d] += 1;
                if (kind == 1)
                    picture[(cy + d) * size + cx] += 1;
                if (kind == 2)
                    foreach (int at in new[] { (cy - half) * size + cx + d, (cy + half - 1) * size + cx + d, (cy + d) * size + cx - half, (cy + d) * size + cx + half - 1 })
                        picture[at] += 1;
            }
            targets.Span<float>()[n * classes + kind] = 1;
        }
        return (pictures, targets);
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
