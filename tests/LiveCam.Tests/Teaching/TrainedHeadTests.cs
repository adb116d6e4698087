using LiveCam.Engine.Training.Heads;
using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>Heads trained by gradient descent on features.</summary>
public sealed class TrainedHeadTests
{
    private const int Dimension = 24;

    /// <summary>Two classes in the corners of a square, each in two that lie across: whatever plane parts two corners leaves the others mixed.</summary>
    private static MemoryRows Crossed(int each, int seed)
    {
        var random = new Random(seed);
        var rows = new MemoryRows(Dimension);
        for (int i = 0; i < each; i++)
            for (int corner = 0; corner < 4; corner++) rows.Add(Features(random, corner), corner is 0 or 3 ? 0 : 1, corner);
        return rows;
    }

    private static float[] Features(Random random, int corner)
    {
        float[] features = [.. Enumerable.Range(0, Dimension).Select(_ => 1 + 0.05f * (random.NextSingle() - 0.5f))];
        features[0] += corner % 2 == 0 ? -0.4f : 0.4f;
        features[1] += corner / 2 == 0 ? -0.4f : 0.4f;
        return features;
    }

    private static double Right(Head head)
    {
        MemoryRows asked = Crossed(50, seed: 2);
        int right = 0;
        var features = new float[Dimension];
        var scores = new double[2];
        for (int row = 0; row < asked.Count; row++)
        {
            asked.Read(row, features);
            head.Score(features, scores);
            if (Head.Best(scores) == asked.Label(row)) right++;
        }
        return right / (double)asked.Count;
    }

    [Fact]
    public void A_hidden_layer_tells_apart_what_no_plane_does()
    {
        MemoryRows rows = Crossed(12, seed: 1);
        // The best a plane can do with four equal corners is three of them.
        Assert.InRange(Right(TrainedHead.Fit(rows, hasHidden: false, null)), 0, 0.76);
        Assert.InRange(Right(LinearHead.Discriminant(rows)), 0, 0.76);
        Assert.Equal(1, Right(TrainedHead.Fit(rows, hasHidden: true, null)));
    }

    [Theory]
    [InlineData(false, "last layer")]
    [InlineData(true, "hidden layer, last layer")]
    public void Fitting_twice_gives_the_same_bits_and_every_step_tells_its_loss_and_each_layer_s_gradient(bool hasHidden, string layers)
    {
        MemoryRows rows = Crossed(5, seed: 1);
        List<TrainingStep> steps = [];
        Head once = TrainedHead.Fit(rows, hasHidden, steps.Add), again = TrainedHead.Fit(rows, hasHidden, null);
        double[] first = new double[2], second = new double[2];
        float[] features = Features(new Random(3), 2);
        once.Score(features, first);
        again.Score(features, second);
        Assert.Equal(first, second);
        // All scores begin at 0.
        Assert.Equal(Math.Log(2), steps[0].Loss, 1e-5);
        if (hasHidden) Assert.True(steps[^1].Loss < 0.1);
        Assert.All(steps, step => Assert.Equal(layers, string.Join(", ", step.Norms.Select(norm => norm.Layer))));
        Assert.All(steps, step => Assert.True(step.Norms[^1].Norm > 0));
        // Nothing comes through last weights of 0 in the first step.
        if (hasHidden) Assert.Equal((0, true), (steps[0].Norms[0].Norm, steps[5].Norms[0].Norm > 0));
    }

    [Fact]
    public void A_class_without_samples_is_never_named()
    {
        MemoryRows rows = Crossed(5, seed: 1);
        Head head = TrainedHead.Fit(rows.Select([.. Enumerable.Range(0, rows.Count)], [0, 2]), hasHidden: true, null);
        var scores = new double[3];
        head.Score(Features(new Random(3), 2), scores);
        Assert.Equal((double.NegativeInfinity, 2), (scores[1], Head.Best(scores)));
    }
}
