using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Cross-correlation by its definition, one output element at a time.</summary>
internal static class Convolutions
{
    /// <remarks>Terms: C/groups * taps products, the bias and the residual.</remarks>
    public static Answer Conv(Conv2d op, Doubles?[] inputs)
    {
        Doubles x = inputs[0]!, w = inputs[1]!;
        Doubles? bias = inputs.ElementAtOrDefault(2), residual = op.Residual ? inputs[3] : null;
        int[] kernel = [.. w.Shape.Skip(2)];
        var sliding = new Sliding(op.Window, x.Shape, kernel);
        int groupC = x.Shape[1] / op.Groups, groupK = w.Shape[0] / op.Groups, axes = sliding.Axes;
        int plane = x.Shape.CountOf(2, x.Rank), taps = w.Shape.CountOf(2, w.Rank);
        (Func<double, double> activate, double ulps) = References.Of(op.Activation);
        var y = new Doubles(sliding.OutputShape(x.Shape[0], w.Shape[0]));
        int pixels = y.Shape.CountOf(2, y.Rank), index = 0;
        // The taps of each output pixel that lie inside, as (tap, input pixel): the same for all channels.
        var seen = new (int Tap, int Pixel)[pixels][];
        for (int p = 0; p < pixels; p++)
            seen[p] = Seen(sliding, p);
        for (int n = 0; n < x.Shape[0]; n++)
            for (int k = 0; k < w.Shape[0]; k++)
                for (int p = 0; p < pixels; p++, index++)
                {
                    double sum = bias?.Data[k] ?? 0;
                    for (int c = 0; c < groupC; c++)
                    {
                        int from = (n * x.Shape[1] + k / groupK * groupC + c) * plane, weights = (k * groupC + c) * taps;
                        foreach ((int tap, int pixel) in seen[p])
                            sum += x.Data[from + pixel] * w.Data[weights + tap];
                    }
                    y.Data[index] = activate(sum + (residual?.Data[index] ?? 0));
                }
        return new(y, groupC * taps + (bias is null ? 0 : 1) + (residual is null ? 0 : 1), ulps);
    }

    private static (int, int)[] Seen(Sliding sliding, int pixel)
    {
        var at = new int[sliding.Axes];
        for (int axis = sliding.Axes - 1, rest = pixel; axis >= 0; rest /= sliding.Output[axis], axis--)
            at[axis] = rest % sliding.Output[axis];
        var seen = new List<(int, int)>();
        int tap = 0;
        sliding.Taps(at, (_, position) =>
        {
            if (sliding.Inside(position))
                seen.Add((tap, position.Select((p, axis) => p * sliding.Input[(axis + 1)..].Aggregate(1, (a, b) => a * b)).Sum()));
            tap++;
        });
        return [.. seen];
    }
}
