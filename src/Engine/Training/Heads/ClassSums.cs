namespace LiveCam.Engine.Training.Heads;

/// <summary>The means of the classes' feature directions, and samples around them.</summary>
internal sealed class ClassSums
{
    /// <summary>By class; null where a class has no rows.</summary>
    public double[]?[] Means { get; }
    public int[] Counts { get; }

    public ClassSums(FeatureRows rows)
    {
        (Means, Counts) = (new double[rows.Classes][], new int[rows.Classes]);
        var features = new float[rows.Dimension];
        var unit = new double[rows.Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.Read(i, features);
            Doubles.Direction(features, unit);
            int label = rows.Label(i);
            Doubles.AddScaled(1, unit, Means[label] ??= new double[rows.Dimension]);
            Counts[label]++;
        }
        for (int c = 0; c < Means.Length; c++)
            foreach (ref double value in Means[c].AsSpan()) value /= Counts[c];
    }

    /// <summary>Directions less their class's mean, at most <paramref name="most"/>, evenly spaced over the rows of all classes but one.</summary>
    public double[][] Centred(FeatureRows rows, int except, int most)
    {
        List<int> taken = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Label(row) != except)];
        taken = Evenly(taken, most);
        var features = new float[rows.Dimension];
        var centred = new double[taken.Count][];
        for (int i = 0; i < centred.Length; i++)
        {
            rows.Read(taken[i], features);
            centred[i] = new double[rows.Dimension];
            Doubles.Direction(features, centred[i]);
            Doubles.AddScaled(-1, Means[rows.Label(taken[i])], centred[i]);
        }
        return centred;
    }

    public static List<int> Evenly(List<int> rows, int most) =>
        rows.Count <= most ? rows : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Count / most)])];
}
