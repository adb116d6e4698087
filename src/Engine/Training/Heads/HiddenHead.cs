namespace LiveCam.Engine.Training.Heads;

/// <summary>Scores V max(0, W x + b) + c: one hidden layer, which tells apart what no plane does.</summary>
/// <param name="hidden">W x + b.</param>
/// <param name="weights">V: classes by hidden units, in rows.</param>
/// <param name="biases">c: by class; -infinity for a class without samples.</param>
public sealed class HiddenHead(LinearHead hidden, double[] weights, double[] biases) : Head
{
    public override int Dimension => hidden.Dimension;
    public override int Classes => biases.Length;
    public LinearHead Hidden => hidden;
    public ReadOnlySpan<double> Weights => weights;
    public ReadOnlySpan<double> Biases => biases;

    public override void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        int units = hidden.Classes;
        Span<double> inside = units <= 1024 ? stackalloc double[units] : new double[units];
        hidden.Score(features, inside);
        foreach (ref double value in inside) value = Math.Max(0, value);
        for (int c = 0; c < biases.Length; c++) scores[c] = Doubles.Dot(weights.AsSpan(c * units, units), inside) + biases[c];
    }
}
