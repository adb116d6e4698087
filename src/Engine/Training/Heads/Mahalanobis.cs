namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// Distances measured by a shared covariance: of samples around the means of their classes, S, drawn towards a multiple of the identity by the share s
/// that Ledoit and Wolf (A well-conditioned estimator for large-dimensional covariance matrices, 2004, section 3) estimate from the same samples:
/// A = (1 - s) S + s m I with m the mean eigenvalue. Usable from two samples on, whatever the dimension.
/// </summary>
/// <remarks>
/// With n samples X (rows) fewer than dimensions A is never formed: with a = s m and b = (1 - s) / n,
/// A⁻¹ = (I - Xᵀ (a/b I + X Xᵀ)⁻¹ X) / a (Woodbury), and Cholesky decomposes the n x n matrix inside. Else it decomposes A itself.
/// </remarks>
internal sealed class Mahalanobis
{
    /// <summary>Most samples that enter; more change the estimate little and cost their square.</summary>
    public const int MostSamples = 1000;

    /// <summary>The least share of the identity, and the least mean eigenvalue: samples that do not vary say nothing about how far is far.</summary>
    private const double LeastShrinkage = 1e-3, LeastVariance = 1e-12;

    private readonly double[][] samples;
    private readonly double identity, share;
    private readonly bool isDual;
    private readonly Cholesky cholesky;

    public int Dimension { get; }

    /// <summary>s: 0 is the samples' covariance, 1 a multiple of the identity.</summary>
    public double Shrinkage { get; }

    /// <param name="centred">Samples from which the means of their classes were subtracted.</param>
    public Mahalanobis(double[][] centred, int dimension)
    {
        (samples, Dimension, isDual) = (centred, dimension, centred.Length < dimension);
        int n = centred.Length, size = isDual ? n : dimension;
        double[] matrix = isDual ? Gram(centred) : Scatter(centred, dimension);
        // Both triangles have the same trace and the same Frobenius norm: n times those of S.
        (double trace, double norm, double fourth) = (0, 0, 0);
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(i * size, i + 1);
            trace += row[i];
            norm += 2 * Doubles.Dot(row[..i], row[..i]) + row[i] * row[i];
        }
        foreach (double[] x in centred) fourth += Math.Pow(Doubles.Dot(x, x), 2);
        // Names of the paper, all divided by the dimension: d² is the distance of S from m I, b² the expected error of S.
        double count = Math.Max(n, 1), m = trace / count / dimension;
        double d2 = norm / (count * count) / dimension - m * m, b2 = (fourth / count - norm / (count * count)) / count / dimension;
        Shrinkage = d2 > 0 ? Math.Clamp(b2 / d2, LeastShrinkage, 1) : 1;
        identity = Shrinkage * Math.Max(m, LeastVariance);
        share = (1 - Shrinkage) / count;
        // A share of 0 leaves the identity alone; the dual then has a/b infinite and is decomposed as I with no samples in it.
        if (isDual && share == 0) (samples, matrix, size) = ([], [], 0);
        double scale = isDual ? 1 : share, diagonal = isDual ? identity / share : identity;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            foreach (ref double value in row) value *= scale;
            row[i] += diagonal;
        }
        cholesky = new(matrix, size);
    }

    /// <summary>Prepares a vector for distances to others.</summary>
    public Point Project(ReadOnlySpan<double> x)
    {
        double[] raw = x.ToArray();
        if (!isDual)
        {
            cholesky.Whiten(raw);
            return new(raw, []);
        }
        var inside = new double[samples.Length];
        for (int i = 0; i < inside.Length; i++) inside[i] = Doubles.Dot(samples[i], raw);
        cholesky.Whiten(inside);
        return new(raw, inside);
    }

    /// <summary>(x - y)ᵀ A⁻¹ (x - y).</summary>
    public double Squared(Point x, Point y)
    {
        double whole = Doubles.SquaredDistance(x.Raw, y.Raw);
        return isDual ? Math.Max(0, whole - Doubles.SquaredDistance(x.Inside, y.Inside)) / identity : whole;
    }

    /// <summary>A⁻¹ x.</summary>
    public double[] Solve(ReadOnlySpan<double> x)
    {
        double[] solution = x.ToArray();
        if (!isDual)
        {
            cholesky.Solve(solution);
            return solution;
        }
        var inside = new double[samples.Length];
        for (int i = 0; i < inside.Length; i++) inside[i] = Doubles.Dot(samples[i], solution);
        cholesky.Solve(inside);
        for (int i = 0; i < inside.Length; i++) Doubles.AddScaled(-inside[i], samples[i], solution);
        foreach (ref double value in solution.AsSpan()) value /= identity;
        return solution;
    }

    /// <summary>The same distance as a linear map, for those who cannot decompose.</summary>
    /// <remarks>
    /// With W = L⁻¹ X and L Lᵀ = a/b I + X Xᵀ, e = x - Wᵀ W x is a A⁻¹ x, and xᵀ A⁻¹ x = (e/a)ᵀ (a I + b Xᵀ X) (e/a) = |e|²/a + b |X e|²/a², where X e is a/b L⁻ᵀ W x.
    /// </remarks>
    public Whitening Whitening()
    {
        if (!isDual) return new(Dimension, Columns(Dimension, Dimension, (column, unit) => unit[column] = 1), [], [], 1);
        int rank = samples.Length;
        double[] inner = Columns(rank, Dimension, (column, x) =>
        {
            for (int i = 0; i < rank; i++) x[i] = samples[i][column];
        });
        double[] inverse = Columns(rank, rank, (column, unit) => unit[column] = 1), outer = new double[rank * rank];
        for (int i = 0; i < rank; i++)
            for (int j = 0; j < rank; j++) outer[i * rank + j] = inverse[j * rank + i] / Math.Sqrt(share);
        return new(Dimension, null, inner, outer, 1 / Math.Sqrt(identity));
    }

    /// <summary>L⁻¹ times a matrix, in rows.</summary>
    private double[] Columns(int rows, int columns, Action<int, double[]> fill)
    {
        var result = new double[rows * columns];
        for (int column = 0; column < columns; column++)
        {
            var x = new double[rows];
            fill(column, x);
            cholesky.Whiten(x);
            for (int i = 0; i < rows; i++) result[i * columns + column] = x[i];
        }
        return result;
    }

    /// <summary>A vector as <see cref="Project"/> made it.</summary>
    /// <param name="Raw">The vector, or the whitened vector where A was decomposed itself.</param>
    /// <param name="Inside">Its whitened part in the samples' span.</param>
    public readonly record struct Point(double[] Raw, double[] Inside);

    private static double[] Gram(double[][] rows)
    {
        var gram = new double[rows.Length * rows.Length];
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j <= i; j++) gram[i * rows.Length + j] = Doubles.Dot(rows[i], rows[j]);
        return gram;
    }

    private static double[] Scatter(double[][] rows, int dimension)
    {
        var scatter = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++)
            foreach (double[] x in rows)
                if (x[i] != 0) Doubles.AddScaled(x[i], x.AsSpan(0, i + 1), scatter.AsSpan(i * dimension, i + 1));
        return scatter;
    }
}
