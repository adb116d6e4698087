using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>BatchNormalization, LRN, softmax and means by their definitions.</summary>
internal static class Normalizations
{
    // A square root and a division: GLSL 4.60 section 4.7.1 allows 2 (as an inverse square root, inverted) and 2.5 units.
    private const double RootUlps = 2 + References.DivisionUlps;

    /// <remarks>Terms: factor and addend (4 roundings); in training the elements of a channel, twice.</remarks>
    public static Answer Batch(BatchNormalization op, Doubles?[] inputs)
    {
        Doubles x = inputs[0]!, scale = inputs[1]!, shift = inputs[2]!, mean = inputs[3]!, variance = inputs[4]!;
        int channels = x.Shape[1], plane = x.Shape.CountOf(2, x.Rank), terms = 4;
        (Doubles runningMean, Doubles runningVariance) = (mean, variance);
        if (op.Training)
        {
            (Doubles batchMean, Doubles batchVariance) = (new([channels]), new([channels]));
            for (int c = 0; c < channels; c++)
            {
                double[] elements = [.. x.Data.Where((_, i) => i / plane % channels == c)];
                batchMean.Data[c] = elements.Average();
                batchVariance.Data[c] = elements.Average(v => (v - batchMean.Data[c]) * (v - batchMean.Data[c]));
                terms = 4 + 2 * elements.Length;
            }
            Doubles Running(Doubles old, Doubles batch) =>
                new([channels], [.. old.Data.Zip(batch.Data, (a, b) => op.Momentum * a + (1.0 - op.Momentum) * b)]);
            (runningMean, runningVariance) = (Running(mean, batchMean), Running(variance, batchVariance));
            (mean, variance) = (batchMean, batchVariance);
        }
        Doubles y = Doubles.Of(x.Shape, at =>
            scale.Data[at[1]] * (x[at] - mean.Data[at[1]]) / Math.Sqrt(variance.Data[at[1]] + op.Epsilon) + shift.Data[at[1]]);
        return new([y, runningMean, runningVariance], terms, RootUlps);
    }

    public static Answer ScaleShift(ScaleShift op, Doubles?[] inputs)
    {
        (Func<double, double> activate, double ulps) = References.Of(op.Activation);
        return new(Doubles.Of(inputs[0]!.Shape, at => activate(inputs[0]![at] * inputs[1]!.Data[at[1]] + inputs[2]!.Data[at[1]])), 2, ulps);
    }

    /// <remarks>Terms: the channels that take part. The power is exp(log): 11 + 3 units, times the exponent of at most 1 here.</remarks>
    public static Answer LocalResponse(Lrn op, Doubles x)
    {
        int before = (op.Size - 1) / 2, after = op.Size - 1 - before;
        return new(Doubles.Of(x.Shape, at =>
        {
            double sum = 0;
            int[] other = [.. at];
            for (int c = Math.Max(0, at[1] - before); c <= Math.Min(x.Shape[1] - 1, at[1] + after); c++)
            {
                other[1] = c;
                sum += x[other] * x[other];
            }
            return x[at] / Math.Pow(op.Bias + op.Alpha / op.Size * sum, op.Beta);
        }), op.Size, References.ExpUlps + 3 + References.DivisionUlps);
    }

    /// <summary>The sum over outputs k of dy_k times the derivative of y_k by x_c, output by output.</summary>
    /// <remarks>Terms: the channels of a window, summed twice, and a product of four. The powers are beta and beta + 1, at most 2 here.</remarks>
    public static Answer LocalResponseGradient(LrnGradient op, Doubles dy, Doubles x)
    {
        int before = (op.Size - 1) / 2, channels = x.Shape[1];
        double scale = (double)op.Alpha / op.Size;
        var dx = new Doubles(x.Shape);
        int plane = x.Shape.CountOf(2, x.Rank);
        for (int i = 0; i < x.Count; i++)
        {
            int k = i / plane % channels;
            int At(int c) => i + (c - k) * plane;
            int[] window = [.. Enumerable.Range(k - before, op.Size).Where(c => c >= 0 && c < channels)];
            double s = op.Bias + scale * window.Sum(c => x.Data[At(c)] * x.Data[At(c)]);
            foreach (int c in window)
                dx.Data[At(c)] += dy.Data[i] * ((c == k ? Math.Pow(s, -op.Beta) : 0)
                    - op.Beta * x.Data[i] * Math.Pow(s, -op.Beta - 1) * 2 * scale * x.Data[At(c)]);
        }
        return new(dx, 2 * op.Size + 4, 2 * (References.ExpUlps + 3) + References.DivisionUlps);
    }

    /// <remarks>Terms: the elements of a row.</remarks>
    public static Answer Softmax(SoftmaxFamily op, Doubles x)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        int outer = x.Shape.CountOf(0, axis), length = op.Trailing ? x.Shape.CountOf(axis, x.Rank) : x.Shape[axis];
        int inner = op.Trailing ? 1 : x.Shape.CountOf(axis + 1, x.Rank);
        var y = new Doubles(x.Shape);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int[] row = [.. Enumerable.Range(0, length).Select(j => (o * length + j) * inner + i)];
                double largest = row.Max(j => x.Data[j]), sum = row.Sum(j => Math.Exp(x.Data[j] - largest));
                foreach (int j in row)
                    y.Data[j] = op is LogSoftmax ? x.Data[j] - largest - Math.Log(sum) : Math.Exp(x.Data[j] - largest) / sum;
            }
        return new(y, length, References.ExpUlps + References.DivisionUlps);
    }
}
