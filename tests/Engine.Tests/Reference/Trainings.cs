using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using CrossEntropy = LiveCam.Engine.Ops.CrossEntropy;
using SoftmaxGradient = LiveCam.Engine.Ops.SoftmaxGradient;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Losses, optimizers and the pieces of gradients by their definitions.</summary>
internal static class Trainings
{
    public static Answer ExpandLike(ExpandLike op, Doubles?[] x)
    {
        double factor = op.Mean ? (double)x[0]!.Count / x[1]!.Count : 1;
        return new(Elementwise.Broadcast(x[0]!, x[1]!, (a, _) => a * factor), op.Mean ? 1 : 0);
    }

    /// <remarks>Terms: the elements of one sum.</remarks>
    public static Answer SumTo(Doubles?[] x)
    {
        Doubles from = x[0]!, sums = new(x[1]!.Shape);
        int before = from.Rank - sums.Rank;
        Doubles.Of(from.Shape, at =>
        {
            int index = 0;
            for (int axis = 0; axis < sums.Rank; axis++)
                index = index * sums.Shape[axis] + (sums.Shape[axis] == 1 ? 0 : at[before + axis]);
            return sums.Data[index] += from[at];
        });
        return new(sums, from.Count == sums.Count ? 0 : from.Count / sums.Count);
    }

    /// <remarks>By the chain rule through mean and variance, not by the closed form the engine uses. Terms: the elements of a channel, twice.</remarks>
    public static Answer BatchNormalization(BatchNormalizationGradient op, Doubles?[] inputs)
    {
        (Doubles x, Doubles scale, Doubles dy) = (inputs[0]!, inputs[1]!, inputs[2]!);
        int channels = x.Shape[1], plane = x.Shape.CountOf(2, x.Rank);
        (Doubles dx, Doubles dScale, Doubles dShift) = (new(x.Shape), new([channels]), new([channels]));
        for (int c = 0; c < channels; c++)
        {
            int[] own = [.. Enumerable.Range(0, x.Count).Where(i => i / plane % channels == c)];
            double mean = op.Training ? own.Average(i => x.Data[i]) : inputs[3]!.Data[c];
            double variance = op.Training ? own.Average(i => (x.Data[i] - mean) * (x.Data[i] - mean)) : inputs[4]!.Data[c];
            double deviation = Math.Sqrt(variance + op.Epsilon), s = scale.Data[c];
            dShift.Data[c] = own.Sum(i => dy.Data[i]);
            dScale.Data[c] = own.Sum(i => dy.Data[i] * (x.Data[i] - mean) / deviation);
            double byVariance = op.Training ? own.Sum(i => dy.Data[i] * s * (x.Data[i] - mean)) * -0.5 * Math.Pow(deviation, -3) : 0;
            double byMean = op.Training ? -own.Sum(i => dy.Data[i] * s) / deviation : 0;
            foreach (int i in own)
                dx.Data[i] = dy.Data[i] * s / deviation + byVariance * 2 * (x.Data[i] - mean) / own.Length + byMean / own.Length;
        }
        return new([dx, dScale, dShift], 4 + 2 * (x.Count / channels), 4 + References.DivisionUlps);
    }

    /// <remarks>Terms: the elements of a row.</remarks>
    public static Answer Softmax(SoftmaxGradient op, Doubles?[] inputs)
    {
        (Doubles y, Doubles dy) = (inputs[0]!, inputs[1]!);
        int axis = op.Axis < 0 ? op.Axis + y.Rank : op.Axis;
        int outer = y.Shape.CountOf(0, axis), length = op.Trailing ? y.Shape.CountOf(axis, y.Rank) : y.Shape[axis];
        int inner = op.Trailing ? 1 : y.Shape.CountOf(axis + 1, y.Rank);
        var dx = new Doubles(y.Shape);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int[] row = [.. Enumerable.Range(0, length).Select(j => (o * length + j) * inner + i)];
                double sum = row.Sum(j => op.Log ? dy.Data[j] : dy.Data[j] * y.Data[j]);
                foreach (int j in row)
                    dx.Data[j] = op.Log ? dy.Data[j] - Math.Exp(y.Data[j]) * sum : y.Data[j] * (dy.Data[j] - sum);
            }
        return new(dx, length, References.ExpUlps);
    }

    private static double[] Smoothed(double[] targets, double smoothing) =>
        [.. targets.Select(t => (1 - smoothing) * t + smoothing / targets.Length * targets.Sum())];

    private static (double[][] Logits, double[][] Targets, double[] Weights) Rows(Doubles z, Doubles t, Doubles? weights)
    {
        int classes = z.Shape[1];
        double[][] rows(Doubles x) => [.. x.Data.Chunk(classes)];
        return (rows(z), rows(t), weights?.Data ?? [.. Enumerable.Repeat(1.0, classes)]);
    }

    private static double[] Softmax(double[] z)
    {
        double sum = z.Sum(x => Math.Exp(x - z.Max()));
        return [.. z.Select(x => Math.Exp(x - z.Max()) / sum)];
    }

    /// <remarks>Terms: every element of the logits ends in the one number.</remarks>
    public static Answer CrossEntropy(CrossEntropy op, Doubles?[] x)
    {
        (double[][] logits, double[][] targets, double[] weights) = Rows(x[0]!, x[1]!, x.ElementAtOrDefault(2));
        double loss = 0, count = 0;
        foreach ((double[] z, double[] t) in logits.Zip(targets))
        {
            double[] p = Softmax(z), wanted = Smoothed(t, op.Smoothing);
            for (int c = 0; c < z.Length; c++)
            {
                loss -= weights[c] * wanted[c] * Math.Log(p[c]);
                count += weights[c] * t[c];
            }
        }
        return new(new Doubles([], [loss / count]), x[0]!.Count, References.ExpUlps + References.DivisionUlps);
    }

    /// <remarks>Terms: a row of logits, and the weights of all rows.</remarks>
    public static Answer CrossEntropyGradient(CrossEntropyGradient op, Doubles?[] x)
    {
        (double[][] logits, double[][] targets, double[] weights) = Rows(x[0]!, x[1]!, x.ElementAtOrDefault(3));
        double count = targets.Sum(t => t.Select((v, c) => v * weights[c]).Sum()), dy = x[2]!.Data[0];
        double[] gradient = [.. logits.Zip(targets).SelectMany(row =>
        {
            double[] p = Softmax(row.First), wanted = [.. Smoothed(row.Second, op.Smoothing).Select((t, c) => t * weights[c])];
            return p.Select((v, c) => (v * wanted.Sum() - wanted[c]) * dy / count);
        })];
        return new(new Doubles(x[0]!.Shape, gradient), x[0]!.Count, References.ExpUlps + 2 * References.DivisionUlps);
    }

    public static Func<double, double, double> Focal(FocalTerm op) => (z, t) =>
    {
        double p = References.Logistic(z);
        return -t * op.Alpha * Math.Pow(1 - p, op.Gamma) * Math.Log(p) - (1 - t) * (1.0 - op.Alpha) * Math.Pow(p, op.Gamma) * Math.Log(1 - p);
    };

    public static Func<double, double, double> FocalGradient(FocalTermGradient op) => (z, t) =>
    {
        double p = References.Logistic(z);
        double wanted = op.Alpha * Math.Pow(1 - p, op.Gamma) * (op.Gamma * p * Math.Log(p) - (1 - p));
        double unwanted = (1.0 - op.Alpha) * Math.Pow(p, op.Gamma) * (p - op.Gamma * (1 - p) * Math.Log(1 - p));
        return t * wanted + (1 - t) * unwanted;
    };

    public static Answer Dropout(RandomDropout op, Doubles?[] x)
    {
        static uint Mix(uint v)
        {
            v = (v ^ (v >> 16)) * 0x85EBCA6Bu;
            v = (v ^ (v >> 13)) * 0xC2B2AE35u;
            return v ^ (v >> 16);
        }
        uint key = Mix(Mix(op.Seed) ^ (uint)x[1]!.Data[0]);
        int inner = op.PerSample ? x[0]!.Count / x[0]!.Shape[0] : 1;
        return new(new Doubles(x[0]!.Shape, [.. x[0]!.Data.Select((v, i) =>
            (Mix(Mix((uint)(i / inner) + 0x9E3779B9u) ^ key) >> 8) / 16777216.0 < op.Ratio ? 0 : v / (1 - (double)op.Ratio))]), 1);
    }

    public static Answer Sgd(SgdStep op, Doubles?[] x)
    {
        double rate = x[2]!.Data[0], factor = x[3]!.Data[0];
        Doubles w = x[0]!, g = x[1]!, velocity = new(w.Shape), next = new(w.Shape);
        for (int i = 0; i < w.Count; i++)
        {
            double slope = factor * g.Data[i] + (double)op.Decay * w.Data[i];
            velocity.Data[i] = op.Momentum * (x.ElementAtOrDefault(4)?.Data[i] ?? 0) + slope;
            next.Data[i] = w.Data[i] - rate * (op.Nesterov ? slope + op.Momentum * velocity.Data[i] : velocity.Data[i]);
        }
        return new([next, velocity], 6);
    }

    /// <remarks>GLSL has no 1 - beta^t: the exponent's error counts for it.</remarks>
    public static Answer Adam(AdamStep op, Doubles?[] x)
    {
        double rate = x[2]!.Data[0], factor = x[3]!.Data[0], t = x[6]!.Data[0] + 1;
        Doubles w = x[0]!, g = x[1]!, mean = new(w.Shape), square = new(w.Shape), next = new(w.Shape);
        for (int i = 0; i < w.Count; i++)
        {
            double slope = factor * g.Data[i] + (op.Decoupled ? 0 : op.Decay * w.Data[i]);
            mean.Data[i] = op.Beta1 * x[4]!.Data[i] + (1 - (double)op.Beta1) * slope;
            square.Data[i] = op.Beta2 * x[5]!.Data[i] + (1 - (double)op.Beta2) * slope * slope;
            double way = mean.Data[i] / (1 - Math.Pow(op.Beta1, t)) / (Math.Sqrt(square.Data[i] / (1 - Math.Pow(op.Beta2, t))) + op.Epsilon);
            next.Data[i] = w.Data[i] - rate * (way + (op.Decoupled ? op.Decay * w.Data[i] : 0));
        }
        return new([next, mean, square], 8, References.ExpUlps + 3 * References.DivisionUlps);
    }
}
