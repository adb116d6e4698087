namespace LiveCam.Engine.Tests.Reference;

/// <summary>What an operation has to give, and how far float32 may be from it.</summary>
/// <param name="Terms">How many roundings add up in one element; 0 where elements are only moved and have to be equal.</param>
/// <param name="Ulps">What functions beyond + - * / add, in units of 2^-23 relative to the result.</param>
internal sealed record Answer(Doubles[] Outputs, int Terms, double Ulps = 0)
{
    public Answer(Doubles output, int terms, double ulps = 0) : this([output], terms, ulps) { }

    /// <summary>Allowed difference relative to the largest magnitude of the output.</summary>
    public double Tolerance => RandomTensors.Fp32(Terms) + Ulps * Math.Pow(2, -23);
}
