namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// Random numbers of one sample in one epoch: a function of seed, epoch, sample and stream and of nothing else, so that which thread
/// asks, and when, changes no bit.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), started from a mix of the four numbers.</remarks>
public struct SampleRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <param name="stream">Tells the uses of one sample apart: each augmentation of a list draws from its own.</param>
    public SampleRandom(ulong seed, long epoch, long sample, int stream = 0)
    {
        // Between two mixes a constant is added: a zero would otherwise stay a zero.
        unchecked
        {
            state = Mix(seed + Golden);
            state = Mix((state ^ (ulong)epoch) + Golden);
            state = Mix((state ^ (ulong)sample) + Golden);
            state = Mix((state ^ (ulong)stream) + Golden);
        }
    }

    public ulong Next() => Mix(state += Golden);

    /// <summary>0 (included) to 1 (excluded), 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Mean 0, standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    /// <summary>Puts the numbers of a list into random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> list)
    {
        for (int i = list.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (list[i], list[other]) = (list[other], list[i]);
        }
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}

/// <summary>Streams of a sample that are no place in a list of variations.</summary>
public static class Streams
{
    public const int Mixup = -1;
}
