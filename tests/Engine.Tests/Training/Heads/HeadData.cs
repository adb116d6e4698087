using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Heads;

/// <summary>Seeded rows around class centres, and matrices done the plain way.</summary>
internal static class HeadData
{
    /// <summary>Positive features: a centre for each class, noise around it.</summary>
    public static MemoryRows Rows(int classes, int each, int dimension, double noise, int seed = 1)
    {
        var random = new Random(seed);
        var rows = new MemoryRows(dimension);
        float[][] centres = [.. Enumerable.Range(0, classes).Select(_ => Features(random, dimension, null, 1))];
        for (int i = 0; i < each; i++)
            for (int c = 0; c < classes; c++) rows.Add(Features(random, dimension, centres[c], noise), c, c);
        return rows;
    }

    public static float[] Features(Random random, int dimension, float[]? centre, double noise) =>
        [.. Enumerable.Range(0, dimension).Select(i => (float)Math.Max(0, (centre?[i] ?? 0) + noise * Normal(random)))];

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Direction(float[] features)
    {
        double length = Math.Sqrt(features.Sum(x => (double)x * x));
        return [.. features.Select(x => x / length)];
    }

    public static double[][] Centred(FeatureRows rows)
    {
        double[][] units = [.. Enumerable.Range(0, rows.Count).Select(i => Direction(Row(rows, i)))];
        return [.. units.Select((unit, i) =>
        {
            double[][] same = [.. units.Where((_, j) => rows.Label(j) == rows.Label(i))];
            return unit.Select((x, d) => x - same.Average(one => one[d])).ToArray();
        })];
    }

    public static float[] Row(FeatureRows rows, int i)
    {
        var row = new float[rows.Dimension];
        rows.Read(i, row);
        return row;
    }

    /// <summary>The inverse by Gauss and Jordan with pivoting.</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var inverse = new double[n, n];
        for (int i = 0; i < n; i++) inverse[i, i] = 1;
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (int j = 0; j < n; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }
            double by = a[column, column];
            for (int j = 0; j < n; j++) (a[column, j], inverse[column, j]) = (a[column, j] / by, inverse[column, j] / by);
            for (int row = 0; row < n; row++)
            {
                double factor = a[row, column];
                if (row == column || factor == 0) continue;
                for (int j = 0; j < n; j++)
                {
                    a[row, j] -= factor * a[column, j];
                    inverse[row, j] -= factor * inverse[column, j];
                }
            }
        }
        return inverse;
    }

    /// <summary>Ledoit and Wolf's estimate straight from its definition, norms divided by the dimension; with the shrinkage.</summary>
    public static (double[,] Matrix, double Shrinkage) LedoitWolf(double[][] x, int p)
    {
        int n = x.Length;
        var s = new double[p, p];
        foreach (double[] row in x)
            for (int i = 0; i < p; i++)
                for (int j = 0; j < p; j++) s[i, j] += row[i] * row[j] / n;
        double m = Enumerable.Range(0, p).Sum(i => s[i, i]) / p;
        double d2 = 0, b2 = 0;
        for (int i = 0; i < p; i++)
            for (int j = 0; j < p; j++)
            {
                d2 += Math.Pow(s[i, j] - (i == j ? m : 0), 2) / p;
                foreach (double[] row in x) b2 += Math.Pow(row[i] * row[j] - s[i, j], 2) / p / n / n;
            }
        double share = Math.Min(b2, d2) / d2;
        for (int i = 0; i < p; i++)
            for (int j = 0; j < p; j++) s[i, j] = (1 - share) * s[i, j] + (i == j ? share * m : 0);
        return (s, share);
    }

    public static double Form(double[,] matrix, double[] x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < x.Length; j++) sum += x[i] * matrix[i, j] * x[j];
        return sum;
    }
}
