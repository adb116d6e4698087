namespace LiveCam.Engine.Kernels;

/// <summary>
/// F(m, 3) of Winograd and of Toom and Cook: m outputs of a correlation with three weights from m + 2 products,
/// y = A((G w) * (B x)). In two dimensions (m + 2)² products give m² outputs where the definition takes 9 m².
/// </summary>
/// <remarks>
/// Row i of B is Π (x - p_j) over the other points, row i of G the powers of p_i divided by Π (p_i - p_j), column i of A the powers of p_i;
/// the last point is infinity (Lavin and Gray, arXiv 1509.09308; Barabasz and Gregg, arXiv 1905.05233, section 2).
/// </remarks>
internal sealed class WinogradForm
{
    /// <summary>Two by two outputs from 16 products each; points 0, ±1.</summary>
    public static WinogradForm Two { get; } = new(0, 1, -1);

    /// <summary>Four by four outputs from 36 products; points 0, ±√½, ±√2. Their squares are reciprocals, so the powers that
    /// amplify rounding grow in neither direction: <see cref="Growth"/> is 7.1 where 0, ±1, ±2 have 31.</summary>
    public static WinogradForm Four { get; } = new(0, Math.Sqrt(0.5), -Math.Sqrt(0.5), Math.Sqrt(2), -Math.Sqrt(2));

    private const int Taps = 3;

    private WinogradForm(params double[] points)
    {
        Inputs = points.Length + 1;
        Outputs = Inputs - Taps + 1;
        (A, B, G) = (new double[Outputs, Inputs], new double[Inputs, Inputs], new double[Inputs, Taps]);
        for (int i = 0; i < points.Length; i++)
        {
            double[] others = [.. points.Where((_, j) => j != i)];
            Write(B, i, Polynomial(others));
            double scale = others.Aggregate(1.0, (product, other) => product * (points[i] - other));
            for (int t = 0; t < Taps; t++)
                G[i, t] = Math.Pow(points[i], t) / scale;
            for (int o = 0; o < Outputs; o++)
                A[o, i] = Math.Pow(points[i], o);
        }
        Write(B, points.Length, Polynomial(points));
        G[points.Length, Taps - 1] = A[Outputs - 1, points.Length] = 1;
        Growth = Enumerable.Range(0, Outputs).Max(OutputGrowth);
    }

    /// <summary>m: outputs of a tile along an axis.</summary>
    public int Outputs { get; }

    /// <summary>m + 2: inputs of a tile along an axis.</summary>
    public int Inputs { get; }

    /// <summary>Products of a tile.</summary>
    public int Products => Inputs * Inputs;

    public double[,] A { get; }
    public double[,] B { get; }
    public double[,] G { get; }

    /// <summary>
    /// How many times larger than in the sum of its definition what is added up to one output is, for weights and inputs that are independent
    /// of each other: √(Σ_ij A²_oi A²_pj |B_i|² |B_j|² |G_i|² |G_j|²) / 3 for output (o, p), which is a product of one factor for each axis.
    /// </summary>
    public double Growth { get; }

    /// <summary>
    /// Largest error of an output relative to the largest output: rounding as in any sum of so many terms (2e-7 √terms), times
    /// <see cref="Growth"/>. The terms are the channels, and the roundings of four one-dimensional transforms (two on the way in, two on the way out).
    /// </summary>
    public double ErrorBound(int channels) => 2e-7 * Growth * Math.Sqrt(channels + 4 * Inputs);

    private double OutputGrowth(int output) =>
        Enumerable.Range(0, Inputs).Sum(i => A[output, i] * A[output, i] * SquaredRow(B, i) * SquaredRow(G, i)) / Taps;

    private static double SquaredRow(double[,] matrix, int row) =>
        Enumerable.Range(0, matrix.GetLength(1)).Sum(column => matrix[row, column] * matrix[row, column]);

    private static void Write(double[,] matrix, int row, double[] values)
    {
        for (int column = 0; column < values.Length; column++)
            matrix[row, column] = values[column];
    }

    /// <summary>Coefficients of Π (x - root), lowest power first.</summary>
    private static double[] Polynomial(double[] roots)
    {
        double[] polynomial = [1];
        foreach (double root in roots)
        {
            double[] next = [0, .. polynomial];
            for (int i = 0; i < polynomial.Length; i++)
                next[i] -= root * polynomial[i];
            polynomial = next;
        }
        return polynomial;
    }
}
