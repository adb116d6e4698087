namespace LiveCam.Engine.Training.Heads;

/// <summary>Where "unknown" and "sure" begin.</summary>
/// <param name="UnknownFrom">The squared distance from which on an answer is unknown; +infinity for none.</param>
/// <param name="SureFrom">The probability from which on it is sure.</param>
public readonly record struct Thresholds(double UnknownFrom, double SureFrom)
{
    public Certainty Of(double distance, double probability) =>
        !(distance < UnknownFrom) ? Certainty.Unknown : probability >= SureFrom ? Certainty.Sure : Certainty.Unsure;
}
