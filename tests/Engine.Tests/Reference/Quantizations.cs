using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Quantised numbers by their definitions: products of whole numbers are exact in double precision.</summary>
internal static class Quantizations
{
    public static Doubles Quantize(QuantizeLinear op, Doubles?[] x)
    {
        // The zero point's type is not known here: the cases that have one below 0 are of signed bytes.
        bool signed = x.ElementAtOrDefault(2)?.Data.Any(zero => zero < 0) == true;
        (double low, double high) = op.To == ElementType.Int16 ? (-32768, 32767) : signed ? (-128.0, 127.0) : (0, 255);
        return Doubles.Of(x[0]!.Shape, at => Math.Clamp(
            Math.Round((float)x[0]![at] / (float)Step(x[1]!, at, op.Axis, op.Block, x[0]!.Rank), MidpointRounding.ToEven) + (x.ElementAtOrDefault(2) is { } zero ? Step(zero, at, op.Axis, op.Block, x[0]!.Rank) : 0), low, high));
    }

    public static Doubles Dequantize(DequantizeLinear op, Doubles?[] x) => Doubles.Of(x[0]!.Shape, at =>
        (x[0]![at] - (x.ElementAtOrDefault(2) is { } zero ? Step(zero, at, op.Axis, op.Block, x[0]!.Rank) : 0)) * Step(x[1]!, at, op.Axis, op.Block, x[0]!.Rank));

    public static Doubles[] Dynamic(Doubles x)
    {
        double low = Math.Min(0, x.Data.Min()), high = Math.Max(0, x.Data.Max()), scale = (high - low) / 255;
        double zero = Math.Round(-low / scale, MidpointRounding.ToEven);
        return [x.Select(value => Math.Clamp(Math.Round(value / scale, MidpointRounding.ToEven) + zero, 0, 255)), new([], [scale]), new([], [zero])];
    }

    public static Doubles MatMul(Doubles a, Doubles? aZero, Doubles b, Doubles? bZero) =>
        Products.MatMul(aZero is null ? a : Elementwise.Broadcast(a, aZero, (x, z) => x - z), bZero is null ? b : Elementwise.Broadcast(b, bZero, (x, z) => x - z)).Outputs[0];

    public static Doubles Conv(Window window, int groups, Doubles x, Doubles? xZero, Doubles w, Doubles? wZero)
    {
        if (wZero is { Count: > 1 })
            wZero = wZero.Reshaped(Shape.Create([w.Shape[0], .. Enumerable.Repeat(1, w.Rank - 1)]));
        return Convolutions.Conv(new Conv2d(window, groups),
            [xZero is null ? x : Elementwise.Broadcast(x, xZero, (v, z) => v - z), wZero is null ? w : Elementwise.Broadcast(w, wZero, (v, z) => v - z)]).Outputs[0];
    }

    /// <summary>Sums back to bytes. Inputs: x, its scale and zero point, w, its scales and zero points, the result's scale and zero point, a bias.</summary>
    /// <param name="channels">The axis of the result along which the scales of w and the bias lie.</param>
    public static Doubles Requantized(Doubles sums, Doubles?[] x, int? channels) => Doubles.Of(sums.Shape, at =>
    {
        int channel = channels is { } axis ? at[axis] : 0;
        double factor = x[1]!.Data[0] * x[4]!.Data[x[4]!.Count > 1 ? channel : 0] / x[6]!.Data[0];
        double sum = sums[at] + (x.ElementAtOrDefault(8)?.Data[channel] ?? 0);
        return Math.Clamp(Math.Round(sum * factor, MidpointRounding.ToEven) + x[7]!.Data[0], 0, 255);
    });

    private static double Step(Doubles steps, int[] at, int along, int block, int rank)
    {
        int axis = along < 0 ? along + rank : along;
        return steps.Count == 1 ? steps.Data[0] : block == 0 ? steps.Data[at[axis]] : steps[[.. at.Select((place, i) => i == axis ? place / block : place)]];
    }
}
