using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>The gradients of the pools, window by window.</summary>
internal static class PoolGradients
{
    /// <remarks>Terms: the windows that may choose one element.</remarks>
    public static Answer Max(MaxPoolGradient op, Doubles dy, Doubles x) => Each(op.Window, dy, x, (inside, _, values, give) =>
    {
        int first = inside[0];
        foreach (int pixel in inside)
            if (values(pixel) > values(first))
                first = pixel;
        give(first, 1);
    });

    /// <remarks>Terms: the windows over one element.</remarks>
    public static Answer Average(AveragePoolGradient op, Doubles dy, Doubles x) => Each(op.Window, dy, x, (inside, padded, _, give) =>
    {
        foreach (int pixel in inside)
            give(pixel, 1.0 / (op.CountIncludePad ? padded : inside.Count));
    });

    public static Doubles GlobalMax(Doubles dy, Doubles x)
    {
        var dx = new Doubles(x.Shape);
        int plane = x.Shape.CountOf(2, x.Rank);
        for (int i = 0; i < dy.Count; i++)
        {
            int first = Enumerable.Range(i * plane, plane).MaxBy(pixel => x.Data[pixel]);
            dx.Data[first] = dy.Data[i];
        }
        return dx;
    }

    private static Answer Each(Window window, Doubles dy, Doubles x, Action<List<int>, int, Func<int, double>, Action<int, double>> rule)
    {
        var sliding = new Sliding(window, x.Shape, [.. window.Kernel]);
        int inputPlane = x.Shape.CountOf(2, x.Rank), index = 0;
        var dx = new Doubles(x.Shape);
        Doubles.Of(sliding.OutputShape(x.Shape[0], x.Shape[1]), at =>
        {
            int from = (at[0] * x.Shape[1] + at[1]) * inputPlane, padded = 0;
            double gradient = dy.Data[index++];
            var inside = new List<int>();
            sliding.Taps(at.AsSpan(2), (_, position) =>
            {
                padded += sliding.InsidePadding(position) ? 1 : 0;
                if (!sliding.Inside(position))
                    return;
                int pixel = 0;
                for (int axis = 0; axis < sliding.Axes; axis++)
                    pixel = pixel * sliding.Input[axis] + position[axis];
                inside.Add(pixel);
            });
            if (inside.Count > 0)
                rule(inside, padded, pixel => x.Data[from + pixel], (pixel, share) => dx.Data[from + pixel] += gradient * share);
            return 0;
        });
        return new(dx, window.Kernel.Aggregate(1, (a, b) => a * b));
    }
}
