using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Heads;

/// <summary>Temperature, coverage and separation against searches and counts done the plain way.</summary>
public sealed class CalibrationTests
{
    private static (double[][] Scores, int[] Labels) Answers(int count, double sharpness, int seed)
    {
        var random = new Random(seed);
        var scores = new double[count][];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(4);
            scores[i] = [.. Enumerable.Range(0, 4).Select(c => sharpness * ((c == labels[i] ? 1.2 : 0) + HeadData.Normal(random)))];
        }
        return (scores, labels);
    }

    private static double CrossEntropy(double[][] scores, int[] labels, double temperature)
    {
        double mistake = 1.0 / (scores.Length + 2), sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double[] logs = [.. scores[i].Select(s => s / temperature)];
            double whole = logs.Max() + Math.Log(logs.Sum(x => Math.Exp(x - logs.Max())));
            sum += (1 - mistake) * (whole - logs[labels[i]]) + mistake * (whole - logs.Average());
        }
        return sum;
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(300)]
    public void The_temperature_is_where_a_search_finds_the_least_cross_entropy(double sharpness)
    {
        (double[][] scores, int[] labels) = Answers(200, sharpness, 3);
        double fitted = Temperature.Fit(scores, labels);
        // A grid, refined around its best: three digits of T.
        double best = 1;
        for (double step = 2, centre = 0, width = 14; step > 1e-4; step /= 4, width = 5 * step)
        {
            centre = Enumerable.Range(0, 1 + (int)(2 * width / step)).Select(i => centre - width + i * step).MinBy(x => CrossEntropy(scores, labels, Math.Exp(x)));
            best = Math.Exp(centre);
        }
        Assert.Equal(1, fitted / best, 1e-3);
        Assert.True(CrossEntropy(scores, labels, fitted) <= CrossEntropy(scores, labels, best) + 1e-9);
    }

    [Fact]
    public void Scaling_all_scores_scales_the_temperature()
    {
        (double[][] scores, int[] labels) = Answers(100, 1, 4);
        double once = Temperature.Fit(scores, labels), scaled = Temperature.Fit([.. scores.Select(row => row.Select(s => 17 * s).ToArray())], labels);
        Assert.Equal(17, scaled / once, 1e-9);
    }

    [Fact]
    public void Held_out_answers_without_a_mistake_leave_a_probability_below_one()
    {
        double[][] scores = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? new double[] { 1, -1 } : [-1, 1])];
        int[] labels = [.. Enumerable.Range(0, 20).Select(i => i % 2)];
        double[] probabilities = [1, -1];
        Temperature.Softmax(probabilities, Temperature.Fit(scores, labels));
        // Labels count as right but for 1 in 22, spread over both classes.
        Assert.Equal(1 - 1.0 / 44, probabilities[0], 1e-6);
    }

    [Fact]
    public void A_class_without_samples_has_no_probability()
    {
        double[] probabilities = [0.2, double.NegativeInfinity, 0.1];
        Temperature.Softmax(probabilities, 0.5);
        Assert.Equal(0, probabilities[1]);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
    }

    [Fact]
    public void Coverage_and_error_are_those_of_counting_at_every_threshold()
    {
        var random = new Random(6);
        (double Confidence, bool IsRight)[] answers = [.. Enumerable.Range(0, 300).Select(_ => Math.Round(random.NextDouble(), 2)).Select(c => (c, random.NextDouble() < c))];
        var curve = new CoverageCurve(answers);
        Assert.Equal(answers.Select(a => a.Confidence).Distinct().OrderDescending(), curve.Places.Select(place => place.Threshold));
        foreach (CoverageCurve.Place place in curve.Places)
        {
            (double Confidence, bool IsRight)[] answered = [.. answers.Where(a => a.Confidence >= place.Threshold)];
            Assert.Equal((answered.Length / 300.0, answered.Count(a => !a.IsRight) / (double)answered.Length), (place.Coverage, place.Error));
        }
        double threshold = curve.ThresholdFor(0.1);
        Assert.True(answers.Where(a => a.Confidence >= threshold).Average(a => a.IsRight ? 0.0 : 1) <= 0.1);
        foreach (double lower in curve.Places.Select(p => p.Threshold).Where(t => t < threshold))
            Assert.True(answers.Where(a => a.Confidence >= lower).Average(a => a.IsRight ? 0.0 : 1) > 0.1);
        Assert.Equal(double.PositiveInfinity, new CoverageCurve([(0.9, false), (0.5, true)]).ThresholdFor(0.1));
    }

    [Fact]
    public void Auroc_is_the_share_of_pairs_in_order_ties_counting_half()
    {
        var random = new Random(8);
        double[] known = [.. Enumerable.Range(0, 50).Select(_ => (double)random.Next(20))], unknown = [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(10, 30))];
        double expected = known.SelectMany(k => unknown.Select(u => u > k ? 1 : u == k ? 0.5 : 0)).Average();
        Assert.Equal(expected, Separation.Auroc(known, unknown), 1e-12);
        Assert.Equal(1, Separation.Auroc([1, 2], [3]));
        Assert.Equal(0.5, Separation.Auroc([1, 1], [1]));
    }

    [Fact]
    public void The_threshold_has_the_least_balanced_error_of_all()
    {
        var random = new Random(8);
        for (int i = 0; i < 50; i++)
        {
            double[] known = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() * 3)], unknown = [.. Enumerable.Range(0, 11).Select(_ => 1 + random.NextDouble() * 3)];
            double threshold = Separation.Threshold(known, unknown, alone: 4);
            double Error(double t) => known.Count(k => k >= t) / 30.0 + unknown.Count(u => u < t) / 11.0;
            Assert.Equal(known.Concat(unknown).Append(9).Min(Error), Error(threshold), 1e-12);
        }
    }

    [Fact]
    public void The_threshold_lies_in_the_geometric_middle_of_a_gap_and_beyond_the_known_where_nothing_is_unknown()
    {
        Assert.Equal(Math.Sqrt(4 * 25), Separation.Threshold([1, 4, 2], [25, 100], alone: 4), 1e-12);
        Assert.Equal(Math.Sqrt(4 * 16), Separation.Threshold([1, 4, 2], [], alone: 4), 1e-12);
    }
}
