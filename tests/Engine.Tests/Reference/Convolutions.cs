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

    /// <summary>Every input element spread over the output through the kernel, as the ONNX specification of ConvTranspose says the padding is found.</summary>
    /// <remarks>Terms: for each tap every input channel of the group, and the bias.</remarks>
    public static Answer Transposed(ConvTranspose op, Doubles?[] inputs)
    {
        Doubles x = inputs[0]!, w = inputs[1]!;
        Doubles? bias = inputs.ElementAtOrDefault(2);
        int axes = x.Rank - 2, groupC = x.Shape[1] / op.Groups, groupK = w.Shape[1], taps = w.Shape.CountOf(2, w.Rank), pixels = x.Shape.CountOf(2, x.Rank);
        int[] begin = new int[axes], extent = new int[axes];
        int[] Of(Ints list, int otherwise) => list.Count > 0 ? [.. list] : [.. Enumerable.Repeat(otherwise, axes)];
        int[] strides = Of(op.Window.Strides, 1), dilations = Of(op.Window.Dilations, 1), extra = Of(op.OutputPadding, 0);
        for (int i = 0; i < axes; i++)
        {
            int full = strides[i] * (x.Shape[i + 2] - 1) + extra[i] + (w.Shape[i + 2] - 1) * dilations[i] + 1;
            if (op.OutputShape.Count > 0 || op.Window.AutoPad is AutoPad.SameUpper or AutoPad.SameLower)
            {
                extent[i] = op.OutputShape.Count > 0 ? op.OutputShape[i] : x.Shape[i + 2] * strides[i];
                int total = Math.Max(0, full - extent[i]);
                begin[i] = op.Window.AutoPad == AutoPad.SameUpper ? total / 2 : total - total / 2;
                continue;
            }
            bool padded = op.Window.AutoPad == AutoPad.None && op.Window.Pads.Count > 0;
            begin[i] = padded ? op.Window.Pads[i] : 0;
            extent[i] = full - begin[i] - (padded ? op.Window.Pads[axes + i] : 0);
        }
        var y = new Doubles(Shape.Create([x.Shape[0], groupK * op.Groups, .. extent]));
        int outputs = y.Shape.CountOf(2, y.Rank);
        if (bias is not null)
            for (int i = 0; i < y.Count; i++)
                y.Data[i] = bias.Data[i / outputs % y.Shape[1]];
        for (int n = 0; n < x.Shape[0]; n++)
            for (int c = 0; c < x.Shape[1]; c++)
                for (int p = 0; p < pixels; p++)
                    for (int t = 0; t < taps; t++)
                    {
                        int to = 0, scale = 1;
                        bool inside = true;
                        for (int axis = axes - 1, pixel = p, tap = t; axis >= 0; pixel /= x.Shape[axis + 2], tap /= w.Shape[axis + 2], axis--)
                        {
                            int at = pixel % x.Shape[axis + 2] * strides[axis] + tap % w.Shape[axis + 2] * dilations[axis] - begin[axis];
                            inside &= at >= 0 && at < extent[axis];
                            to += at * scale;
                            scale *= extent[axis];
                        }
                        for (int k = 0; inside && k < groupK; k++)
                            y.Data[(n * y.Shape[1] + c / groupC * groupK + k) * outputs + to] +=
                                x.Data[(n * x.Shape[1] + c) * pixels + p] * w.Data[(c * groupK + k) * taps + t];
                    }
        return new(y, groupC * taps + 1);
    }
}
