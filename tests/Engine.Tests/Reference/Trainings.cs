using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Losses, optimizers and the pieces of gradients by their definitions.</summary>
internal static class Trainings
{
    public static Answer Spread(Spread op, Doubles?[] x)
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
