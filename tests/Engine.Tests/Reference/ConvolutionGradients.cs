using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>
/// The gradients of a convolution by the chain rule, term by term: y[k,p] = sum x[c,q] w[k,c,t], so each product passes
/// dy w to x and dy x to w.
/// </summary>
internal static class ConvolutionGradients
{
    /// <remarks>Terms: K/groups * taps products reach an input element at most.</remarks>
    public static Answer Input(Conv2dInputGradient op, Doubles dy, Doubles w, Doubles x)
    {
        var dx = new Doubles(x.Shape);
        EachProduct(op.Window, op.Groups, dy, x, w, (y, from, weight) => dx.Data[from] += dy.Data[y] * w.Data[weight]);
        return new(dx, w.Shape[0] / op.Groups * w.Shape.CountOf(2, w.Rank));
    }

    /// <remarks>Terms: one product for each output pixel of the batch.</remarks>
    public static Answer Weights(Conv2dWeightGradient op, Doubles dy, Doubles x, Doubles w)
    {
        var dw = new Doubles(w.Shape);
        EachProduct(op.Window, op.Groups, dy, x, w, (y, from, weight) => dw.Data[weight] += dy.Data[y] * x.Data[from]);
        return new(dw, dy.Shape[0] * dy.Shape.CountOf(2, dy.Rank));
    }

    /// <remarks>Terms: the output pixels of the batch.</remarks>
    public static Answer Bias(Doubles dy)
    {
        int plane = dy.Shape.CountOf(2, dy.Rank);
        var sums = new double[dy.Shape[1]];
        for (int i = 0; i < dy.Count; i++)
            sums[i / plane % sums.Length] += dy.Data[i];
        return new(new Doubles([sums.Length], sums), dy.Shape[0] * plane);
    }

    private static void EachProduct(Window window, int groups, Doubles dy, Doubles x, Doubles w, Action<int, int, int> visit)
    {
        int[] kernel = [.. w.Shape.Skip(2)];
        var sliding = new Sliding(window, x.Shape, kernel);
        int channels = x.Shape[1], outputs = w.Shape[0], groupC = channels / groups, groupK = outputs / groups;
        int inputPlane = x.Shape.CountOf(2, x.Rank), plane = dy.Shape.CountOf(2, dy.Rank), taps = w.Shape.CountOf(2, w.Rank);
        var at = new int[sliding.Axes];
        for (int p = 0; p < plane; p++)
        {
            for (int axis = sliding.Axes - 1, rest = p; axis >= 0; rest /= sliding.Output[axis], axis--)
                at[axis] = rest % sliding.Output[axis];
            int tap = 0;
            sliding.Taps(at, (_, position) =>
            {
                int t = tap++;
                if (!sliding.Inside(position))
                    return;
                int pixel = 0;
                for (int axis = 0; axis < sliding.Axes; axis++)
                    pixel = pixel * sliding.Input[axis] + position[axis];
                for (int n = 0; n < x.Shape[0]; n++)
                    for (int k = 0; k < outputs; k++)
                        for (int c = 0; c < groupC; c++)
                            visit((n * outputs + k) * plane + p, (n * channels + k / groupK * groupC + c) * inputPlane + pixel, (k * groupC + c) * taps + t);
            });
        }
    }
}
