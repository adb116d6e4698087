namespace LiveCam.Engine.Explaining;

/// <summary>
/// How the target's strength goes when the pixels a map calls important are taken out, most important first (deletion), and when they alone are left, most important first
/// (insertion), each at equal parts from none of the picture to all of it. A map that tells the truth has a small area below the first and a large one below the second.
/// </summary>
/// <param name="Deletion">Strengths with 0, 1/n, ... 1 of the pixels taken out.</param>
/// <param name="Insertion">Strengths with 0, 1/n, ... 1 of the pixels left.</param>
internal sealed record Faithfulness(IReadOnlyList<double> Deletion, IReadOnlyList<double> Insertion)
{
    /// <summary>The areas below the curves over 0 to 1, by trapezoids.</summary>
    public double DeletionArea => Area(Deletion);
    public double InsertionArea => Area(Insertion);

    /// <summary>The whole in one word, by how far the areas are apart.</summary>
    public string Word => (InsertionArea - DeletionArea) switch { > 0.3 => "good", > 0.1 => "fair", > 0 => "weak", _ => "none" };

    private static double Area(IReadOnlyList<double> curve)
    {
        double sum = 0;
        for (int i = 1; i < curve.Count; i++) sum += (curve[i - 1] + curve[i]) / 2;
        return sum / (curve.Count - 1);
    }
}
