namespace LiveCam.Engine.Kernels;

/// <summary>Matrix products of 32-bit integers, dense row-major; sums wrap around.</summary>
/// <param name="left">For each product, the matrix on the left.</param>
/// <param name="right">For each product, the matrix on the right.</param>
internal sealed unsafe class IntegerGemm(int rows, int depth, int columns, int[] left, int[] right)
{
    /// <summary>One for each row of each product.</summary>
    public int Rows => left.Length * rows;

    public void Run(int begin, int end, int* a, int* b, int* y)
    {
        for (int row = begin; row < end; row++)
        {
            (int product, int m) = (row / rows, row % rows);
            var sums = new Span<int>(y + (long)row * columns, columns);
            sums.Clear();
            int* x = a + ((long)left[product] * rows + m) * depth, w = b + (long)right[product] * depth * columns;
            for (int k = 0; k < depth; k++, w += columns)
                for (int n = 0; n < columns; n++)
                    sums[n] += x[k] * w[n];
        }
    }
}
