using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Folds an inference-time BatchNormalization into the convolution before it: with a = scale / sqrt(variance + epsilon),
/// weights become a * w and the bias a * (b - mean) + shift (Ioffe and Szegedy 2015, section 3.1). The folded weights are
/// derived parameters, computed in double precision and computed again when a source changes. One that follows no
/// convolution becomes a scale and shift per channel.
/// </summary>
internal static class FoldBatchNorm
{
    public static void Run(Rewrite rewrite)
    {
        var absorbed = new HashSet<Node>();
        foreach (Node node in rewrite.Nodes)
            if (Follower(rewrite, node) is not null)
                absorbed.Add(node);
        foreach (Node node in rewrite.Nodes)
        {
            if (absorbed.Contains(node))
                continue;
            if (node.Op is not BatchNormalization { Training: false } batchNorm || !node.Inputs.Skip(1).All(value => rewrite.Parameter(value) is not null))
                rewrite.Copy(node);
            else if (rewrite.Producer(node.Inputs[0]) is { } producer && absorbed.Contains(producer))
                IntoConvolution(rewrite, producer, new Coefficients(rewrite, node, batchNorm), node);
            else
                Alone(rewrite, new Coefficients(rewrite, node, batchNorm), node);
        }
    }

    private static Node? Follower(Rewrite rewrite, Node node)
    {
        if (node.Op is not Conv2d { HasEpilogue: false } || node.Inputs.Skip(1).Any(value => value.Exists && rewrite.Parameter(value) is null))
            return null;
        Node? next = rewrite.SoleReader(node.Outputs[0]);
        return next is { Op: BatchNormalization { Training: false } } && next.Inputs.Skip(1).All(value => rewrite.Parameter(value) is not null)
            && next.Outputs.Skip(1).All(value => !value.Exists) && rewrite.Source[node.Outputs[0]].Type == ElementType.Float32
            ? next : null;
    }

    private static void Alone(Rewrite rewrite, Coefficients coefficients, Node node) => rewrite.Copy(node, new ScaleShift(), rewrite.Map(node.Inputs[0]),
        rewrite.Target.Parameter(coefficients.PerChannel("scale", [], coefficients.Factor)),
        rewrite.Target.Parameter(coefficients.PerChannel("shift", [], k => coefficients.Shifted(k, 0))));

    private static void IntoConvolution(Rewrite rewrite, Node conv, Coefficients coefficients, Node node)
    {
        Parameter weights = rewrite.Parameter(conv.Inputs[1])!;
        Parameter? bias = conv.Inputs.Length > 2 && conv.Inputs[2].Exists ? rewrite.Parameter(conv.Inputs[2]) : null;
        var folded = Parameter.Derived($"{weights.Name} folded", ElementType.Float32, weights.Shape, [weights, .. coefficients.Sources], () =>
        {
            var result = new Tensor(ElementType.Float32, weights.Shape);
            ReadOnlySpan<float> from = weights.Value.Span<float>();
            Span<float> to = result.Span<float>();
            int each = weights.Shape.CountOf(1, weights.Shape.Rank);
            for (int k = 0; k < weights.Shape[0]; k++)
            {
                double factor = coefficients.Factor(k);
                for (int i = k * each; i < (k + 1) * each; i++)
                    to[i] = (float)(factor * from[i]);
            }
            return result;
        });
        Parameter shift = coefficients.PerChannel("bias", bias is null ? [] : [bias],
            k => coefficients.Shifted(k, bias is null ? 0 : bias.Value.Span<float>()[k]));
        rewrite.Copy(node with { Name = conv.Name }, conv.Op,
            rewrite.Map(conv.Inputs[0]), rewrite.Target.Parameter(folded), rewrite.Target.Parameter(shift));
    }

    /// <summary>a and what becomes of a bias, channel by channel.</summary>
    private sealed class Coefficients(Rewrite rewrite, Node node, BatchNormalization batchNorm)
    {
        private readonly Parameter scale = rewrite.Parameter(node.Inputs[1])!, shift = rewrite.Parameter(node.Inputs[2])!;
        private readonly Parameter mean = rewrite.Parameter(node.Inputs[3])!, variance = rewrite.Parameter(node.Inputs[4])!;

        public IReadOnlyList<Parameter> Sources => [scale, shift, mean, variance];

        public double Factor(int k) => scale.Value.Span<float>()[k] / Math.Sqrt((double)variance.Value.Span<float>()[k] + batchNorm.Epsilon);

        public double Shifted(int k, double bias) => Factor(k) * (bias - mean.Value.Span<float>()[k]) + shift.Value.Span<float>()[k];

        public Parameter PerChannel(string what, IReadOnlyList<Parameter> others, Func<int, double> value) =>
            Parameter.Derived($"{node.Name} {what}", ElementType.Float32, scale.Shape, [.. Sources, .. others], () =>
            {
                var result = new Tensor(ElementType.Float32, scale.Shape);
                for (int k = 0; k < result.Count; k++)
                    result.Span<float>()[k] = (float)value(k);
                return result;
            });
    }
}
