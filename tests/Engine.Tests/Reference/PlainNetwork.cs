using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>
/// Layers of one picture in double precision, forward and back by any rule, written from the definitions as loops over places: maps are [channel, row, column].
/// </summary>
internal static class PlainNetwork
{
    /// <param name="weights">[output, input, row, column] of a square kernel.</param>
    public static double[,,] Convolution(double[,,] x, double[,,,] weights, double[] bias, int stride, int pad)
    {
        var y = new double[weights.GetLength(0), (x.GetLength(1) + 2 * pad - weights.GetLength(2)) / stride + 1, (x.GetLength(2) + 2 * pad - weights.GetLength(3)) / stride + 1];
        for (int k = 0; k < y.GetLength(0); k++)
            for (int i = 0; i < y.GetLength(1); i++)
                for (int j = 0; j < y.GetLength(2); j++)
                    y[k, i, j] = bias[k];
        EachTap(x, y, weights, stride, pad, (k, i, j, c, r, s, w) => y[k, i, j] += w * x[c, r, s]);
        return y;
    }

    /// <summary>The transposed filters: each output gives to the inputs it was computed from.</summary>
    public static double[,,] ConvolutionBack(double[,,] x, double[,,] dy, double[,,,] weights, int stride, int pad)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2)];
        EachTap(x, dy, weights, stride, pad, (k, i, j, c, r, s, w) => dx[c, r, s] += w * dy[k, i, j]);
        return dx;
    }

    public static double[,,] Rectified(double[,,] x) => Each(x, (c, i, j) => Math.Max(0, x[c, i, j]));

    public static double[,,] RectifierBack(double[,,] x, double[,,] dy, GradientRule rule) => Each(x, (c, i, j) => rule switch
    {
        GradientRule.Deconvnet => dy[c, i, j] > 0 ? dy[c, i, j] : 0,
        GradientRule.Guided => dy[c, i, j] > 0 && x[c, i, j] > 0 ? dy[c, i, j] : 0,
        _ => x[c, i, j] > 0 ? dy[c, i, j] : 0,
    });

    /// <summary>The largest in windows of <paramref name="size"/>, and its place: the switch.</summary>
    public static (double[,,] Y, (int Row, int Column)[,,] Switches) MaxPool(double[,,] x, int size, int stride)
    {
        var y = new double[x.GetLength(0), (x.GetLength(1) - size) / stride + 1, (x.GetLength(2) - size) / stride + 1];
        var switches = new (int, int)[y.GetLength(0), y.GetLength(1), y.GetLength(2)];
        for (int c = 0; c < y.GetLength(0); c++)
            for (int i = 0; i < y.GetLength(1); i++)
                for (int j = 0; j < y.GetLength(2); j++)
                {
                    y[c, i, j] = double.NegativeInfinity;
                    for (int r = i * stride; r < i * stride + size; r++)
                        for (int s = j * stride; s < j * stride + size; s++)
                            if (x[c, r, s] > y[c, i, j])
                                (y[c, i, j], switches[c, i, j]) = (x[c, r, s], (r, s));
                }
        return (y, switches);
    }

    public static double[,,] Unpool(double[,,] x, double[,,] dy, (int Row, int Column)[,,] switches)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2)];
        for (int c = 0; c < dy.GetLength(0); c++)
            for (int i = 0; i < dy.GetLength(1); i++)
                for (int j = 0; j < dy.GetLength(2); j++)
                    dx[c, switches[c, i, j].Row, switches[c, i, j].Column] += dy[c, i, j];
        return dx;
    }

    public static double[,,] Each(double[,,] like, Func<int, int, int, double> element)
    {
        var y = new double[like.GetLength(0), like.GetLength(1), like.GetLength(2)];
        for (int c = 0; c < y.GetLength(0); c++)
            for (int i = 0; i < y.GetLength(1); i++)
                for (int j = 0; j < y.GetLength(2); j++)
                    y[c, i, j] = element(c, i, j);
        return y;
    }

    private static void EachTap(double[,,] x, double[,,] y, double[,,,] weights, int stride, int pad, Action<int, int, int, int, int, int, double> tap)
    {
        for (int k = 0; k < y.GetLength(0); k++)
            for (int i = 0; i < y.GetLength(1); i++)
                for (int j = 0; j < y.GetLength(2); j++)
                    for (int c = 0; c < x.GetLength(0); c++)
                        for (int r = 0; r < weights.GetLength(2); r++)
                            for (int s = 0; s < weights.GetLength(3); s++)
                                if (i * stride + r - pad is var row && row >= 0 && row < x.GetLength(1) && j * stride + s - pad is var column && column >= 0 && column < x.GetLength(2))
                                    tap(k, i, j, c, row, column, weights[k, c, r, s]);
    }
}
