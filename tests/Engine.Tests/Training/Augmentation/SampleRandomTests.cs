using System.Numerics;
using LiveCam.Engine.Training.Augmentation;

namespace LiveCam.Engine.Tests.Training.Augmentation;

public sealed class SampleRandomTests
{
    [Fact]
    public void Neighbouring_keys_give_unrelated_numbers()
    {
        var seen = new HashSet<ulong>();
        double flipped = 0;
        int pairs = 0;
        for (int seed = 0; seed < 4; seed++)
            for (int epoch = 0; epoch < 10; epoch++)
                for (int sample = 0; sample < 100; sample++)
                    for (int stream = -1; stream < 4; stream++)
                    {
                        ulong own = new SampleRandom((ulong)seed, epoch, sample, stream).Next();
                        Assert.True(seen.Add(own));
                        foreach (SampleRandom near in (SampleRandom[])[new((ulong)seed + 1, epoch, sample, stream), new((ulong)seed, epoch + 1, sample, stream), new((ulong)seed, epoch, sample + 1, stream), new((ulong)seed, epoch, sample, stream + 1)])
                        {
                            SampleRandom other = near;
                            flipped += BitOperations.PopCount(own ^ other.Next());
                            pairs++;
                        }
                    }
        // Half of 64 bits change; the mean over 80,000 pairs is uncertain by 4 / √80000.
        Assert.Equal(32, flipped / pairs, 0.08);
    }

    [Fact]
    public void Numbers_follow_their_distributions()
    {
        var random = new SampleRandom(1, 2, 3);
        double sum = 0, squares = 0, normal = 0, normalSquares = 0, normalFourth = 0;
        var counts = new int[7];
        const int n = 100_000;
        for (int i = 0; i < n; i++)
        {
            double u = random.Uniform(), z = random.Normal();
            Assert.InRange(u, 0, 1 - 1e-16);
            (sum, squares, normal, normalSquares, normalFourth) = (sum + u, squares + u * u, normal + z, normalSquares + z * z, normalFourth + z * z * z * z);
            counts[random.Below(7)]++;
        }
        Assert.Equal(0.5, sum / n, 0.005);
        Assert.Equal(1 / 3.0, squares / n, 0.005);
        Assert.Equal(0, normal / n, 0.015);
        Assert.Equal(1, normalSquares / n, 0.02);
        Assert.Equal(3, normalFourth / n, 0.15);
        Assert.All(counts, count => Assert.InRange(count, n / 7 - 500, n / 7 + 500));
    }

    [Fact]
    public void A_shuffle_reaches_every_order_equally_often()
    {
        var counts = new Dictionary<string, int>();
        for (int sample = 0; sample < 24_000; sample++)
        {
            int[] list = [0, 1, 2, 3];
            new SampleRandom(7, 0, sample).Shuffle(list);
            string order = string.Concat(list);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }
}
