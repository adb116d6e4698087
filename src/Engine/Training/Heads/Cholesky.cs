namespace LiveCam.Engine.Training.Heads;

/// <summary>The lower triangle L with L Lᵀ = A of a symmetric positive definite matrix, in rows (Golub and Van Loan, Matrix Computations, section 4.2).</summary>
internal sealed class Cholesky
{
    private readonly double[] lower;

    public int Size { get; }

    /// <summary>Twice the sum of the logarithms of the diagonal: ln det A.</summary>
    public double LogDeterminant { get; }

    /// <param name="matrix">Size x Size in rows, of which the lower triangle is read and overwritten with L.</param>
    /// <exception cref="LiveCamException">The matrix is not positive definite.</exception>
    public Cholesky(double[] matrix, int size)
    {
        if (matrix.Length != (long)size * size) throw new ArgumentException($"{matrix.Length} numbers are no matrix of {size}x{size}.", nameof(matrix));
        (lower, Size) = (matrix, size);
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                row[j] = (row[j] - Doubles.Dot(row[..j], other[..j])) / other[j];
            }
            double square = row[i] - Doubles.Dot(row[..i], row[..i]);
            if (!(square > 0))
                throw new LiveCamException($"Decomposing a covariance of {size}x{size}: it is not positive definite at row {i} ({square:G3}); more varied samples or more shrinkage make it so.");
            row[i] = Math.Sqrt(square);
            LogDeterminant += 2 * Math.Log(row[i]);
        }
    }

    /// <summary>Replaces x by L⁻¹ x: after it, Euclid's distance is the Mahalanobis distance of A.</summary>
    public void Whiten(Span<double> x)
    {
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = lower.AsSpan(i * Size, i + 1);
            x[i] = (x[i] - Doubles.Dot(row[..i], x[..i])) / row[i];
        }
    }

    /// <summary>Replaces x by A⁻¹ x.</summary>
    public void Solve(Span<double> x)
    {
        Whiten(x);
        for (int i = Size - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = lower.AsSpan(i * Size, i + 1);
            x[i] /= row[i];
            Doubles.AddScaled(-x[i], row[..i], x[..i]);
        }
    }
}
