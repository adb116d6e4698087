namespace LiveCam.Engine.Tests.Reference;

/// <summary>
/// A convolution as a matrix: the picture as one long column, every row the kernel shifted to one output place, so that the same weights run
/// along bands (Klambauer, Deep Learning and Neural Networks I, the unit on convolution as a matrix product).
/// </summary>
internal static class BandedMatrix
{
    /// <summary>[outputs, rows * columns] for a kernel over a picture without padding, as it is or turned round.</summary>
    public static Doubles Of(Doubles kernel, int rows, int columns, bool isFlipped)
    {
        (int height, int width) = (kernel.Shape[0], kernel.Shape[1]);
        (int outRows, int outColumns) = (rows - height + 1, columns - width + 1);
        var matrix = new Doubles([outRows * outColumns, rows * columns]);
        for (int output = 0; output < outRows * outColumns; output++)
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                    matrix.Data[output * rows * columns + (output / outColumns + i) * columns + output % outColumns + j] =
                        isFlipped ? kernel[[height - 1 - i, width - 1 - j]] : kernel[[i, j]];
        return matrix;
    }

    public static double[] Times(Doubles matrix, double[] column) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(row => column.Select((x, i) => matrix[[row, i]] * x).Sum())];
}
