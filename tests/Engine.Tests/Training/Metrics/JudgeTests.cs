using LiveCam.Engine.Training.Metrics;

namespace LiveCam.Engine.Tests.Training.Metrics;

public sealed class JudgeTests
{
    /// <summary>Ten samples of three classes, worked out by hand.</summary>
    [Fact]
    public void A_table_by_hand()
    {
        var judge = new Judge(["a", "b", "c"]);
        (int Own, float[] Scores)[] samples =
        [
            (0, [0.7f, 0.2f, 0.1f]), (0, [0.6f, 0.3f, 0.1f]), (0, [0.2f, 0.5f, 0.3f]), (0, [0.4f, 0.35f, 0.25f]),
            (1, [0.1f, 0.8f, 0.1f]), (1, [0.3f, 0.4f, 0.3f]), (1, [0.5f, 0.3f, 0.2f]),
            (2, [0.1f, 0.1f, 0.8f]), (2, [0.3f, 0.6f, 0.1f]), (2, [0.2f, 0.2f, 0.6f]),
        ];
        foreach ((int own, float[] scores) in samples) judge.Add(scores, [own]);
        Evaluation found = judge.Evaluate();
        Assert.Equal((10, false, 0.7, 1.0), (found.Count, found.IsMultiLabel, found.Accuracy, found.TopFive));
        Assert.Equal([[3, 1, 0], [1, 2, 0], [0, 1, 2]], found.Confusion);
        Assert.Equal([3 / 4.0, 2 / 4.0, 1.0], found.Classes.Select(x => x.Precision));
        Assert.Equal([3 / 4.0, 2 / 3.0, 2 / 3.0], found.Classes.Select(x => x.Recall));
        Assert.Equal([6 / 8.0, 4 / 7.0, 4 / 5.0], found.Classes.Select(x => x.F1));
        Assert.Equal((6 / 8.0 + 4 / 7.0 + 4 / 5.0) / 3, found.MacroF1, 12);
        // Class a: its 0.7 0.6 0.4 0.2 against 0.1 0.3 0.5 0.1 0.3 0.2: 6 + 6 + 5 + (2 + 1/2) of 24 pairs.
        Assert.Equal(19.5 / 24, found.Classes[0].Auc, 12);
        // Confidences 0.7 | 0.6 0.6 0.6 | 0.5 0.5 | 0.4 0.4 | 0.8 0.8; right 1 | 1 0 1 | 0 0 | 1 1 | 1 1.
        Assert.Equal((0.3 + 0.2 + 1.0 + 1.2 + 0.4) / 10, found.CalibrationError, 6);
        Assert.Equal(-samples.Sum(x => Math.Log(x.Scores[x.Own])) / 10, found.LogLoss, 12);
    }

    [Theory]
    [InlineData(2, 50)]
    [InlineData(3, 300)]
    [InlineData(1000, 200)]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_order(int values, int count)
    {
        var random = new Random(values);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(values))];
        bool[] positive = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0)];
        double pairs = 0, ordered = 0;
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                if (positive[i] && !positive[j])
                {
                    pairs++;
                    ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
        Assert.Equal(ordered / pairs, AreaUnderCurve.Of(scores, positive), 12);
    }

    [Fact]
    public void Without_both_kinds_there_is_no_area() => Assert.Equal([double.NaN, double.NaN], [AreaUnderCurve.Of([1, 2], [true, true]), AreaUnderCurve.Of([1, 2], [false, false])]);

    [Fact]
    public void Calibration_bins_hold_their_upper_bound_and_sum_as_defined()
    {
        var random = new Random(3);
        var judge = new Judge(["no", "yes"]);
        var all = new List<(double Confidence, bool Right)>();
        for (int i = 0; i < 500; i++)
        {
            // Every thirtieth lies on a bound: k/15 is not exact in binary, so those use bin 1.
            float p = i % 30 == 0 ? 1 : 0.5f + random.NextSingle() / 2;
            int own = random.NextSingle() < p - 0.1 ? 1 : 0;
            judge.Add([1 - p, p], [own]);
            all.Add((p, own == 1));
        }
        double expected = 0;
        for (int m = 1; m <= 15; m++)
        {
            var bin = all.Where(x => x.Confidence > (m - 1) / 15.0 && x.Confidence <= m / 15.0).ToList();
            if (bin.Count > 0) expected += bin.Count / 500.0 * Math.Abs(bin.Average(x => x.Confidence) - bin.Average(x => x.Right ? 1.0 : 0));
        }
        Evaluation found = judge.Evaluate();
        Assert.Equal(expected, found.CalibrationError, 9);
        Assert.Equal(15, found.Reliability.Count);
        Assert.Equal(500, found.Reliability.Sum(bin => bin.Count));
        Assert.Equal(all.Count(x => x.Confidence > 14 / 15.0), found.Reliability[14].Count);
    }

    [Fact]
    public void Logits_and_their_softmax_are_judged_alike()
    {
        var random = new Random(8);
        Judge logits = new([.. Enumerable.Range(0, 7).Select(i => $"{i}")]), probabilities = new([.. Enumerable.Range(0, 7).Select(i => $"{i}")]);
        for (int i = 0; i < 200; i++)
        {
            float[] scores = [.. Enumerable.Range(0, 7).Select(_ => random.NextSingle() * 6 - 3)];
            double sum = scores.Sum(x => Math.Exp(x));
            int own = random.Next(7);
            logits.Add(scores, [own]);
            probabilities.Add([.. scores.Select(x => (float)(Math.Exp(x) / sum))], [own]);
        }
        Evaluation a = logits.Evaluate(), b = probabilities.Evaluate();
        Assert.Equal((a.Accuracy, a.TopFive), (b.Accuracy, b.TopFive));
        Assert.Equal(a.Confusion, b.Confusion);
        Assert.Equal(a.CalibrationError, b.CalibrationError, 5);
        Assert.Equal(a.LogLoss, b.LogLoss, 5);
        for (int i = 0; i < 7; i++) Assert.Equal(a.Classes[i].Auc, b.Classes[i].Auc, 3);
    }

    [Fact]
    public void Scores_whose_softmax_rounds_to_nothing_keep_their_ranks()
    {
        var judge = new Judge([.. Enumerable.Range(0, 8).Select(i => $"{i}")]);
        judge.Add([9000, 100, 200, 300, 400, 500, 600, 700], [3]);
        judge.Add([9000, 100, 200, 300, 400, 500, 600, 700], [4]);
        judge.Add([-5000, 9000, 0, 0, 0, 0, 0, 0], [0]);
        Evaluation found = judge.Evaluate();
        Assert.Equal(1 / 3.0, found.TopFive, 12);
        // Class 3: log-probability -8700 for its sample, against -8700 of the second and -9000 of the third.
        Assert.Equal(0.75, found.Classes[3].Auc, 12);
    }

    [Fact]
    public void Equal_scores_count_in_class_order()
    {
        var judge = new Judge([.. Enumerable.Range(0, 6).Select(i => $"{i}")]);
        judge.Add([2, 2, 2, 2, 2, 2], [4]);
        judge.Add([2, 2, 2, 2, 2, 2], [5]);
        judge.Add([2, 2, 2, 2, 2, 2], [0]);
        Evaluation found = judge.Evaluate();
        Assert.Equal((1 / 3.0, 2 / 3.0), (found.Accuracy, found.TopFive));
    }

    [Fact]
    public void Classes_that_never_occur_have_no_figures_and_do_not_enter_means()
    {
        var judge = new Judge(["a", "b", "c"]);
        judge.Add([0.9f, 0.1f, 0], [0]);
        judge.Add([0.2f, 0.7f, 0.1f], [1]);
        Evaluation found = judge.Evaluate();
        Assert.Equal((double.NaN, double.NaN, double.NaN), (found.Classes[2].Recall, found.Classes[2].F1, found.Classes[2].Auc));
        Assert.Equal((1.0, 1.0, 1.0), (found.MacroF1, found.MacroRecall, found.MacroAuc));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_labels_are_judged_one_by_one(bool asLogits)
    {
        float Score(double p) => (float)(asLogits ? Math.Log(p / (1 - p)) : p);
        var judge = new Judge(["a", "b", "c"], isMultiLabel: true);
        judge.Add([Score(0.9), Score(0.8), Score(0.1)], [0, 1]);
        judge.Add([Score(0.6), Score(0.3), Score(0.2)], [1]);
        judge.Add([Score(0.2), Score(0.4), Score(0.3)], []);
        Evaluation found = judge.Evaluate();
        Assert.Equal(2 / 3.0, found.Accuracy, 12);
        Assert.Equal([(1, 2, 1), (2, 1, 1), (0, 0, 0)], found.Classes.Select(x => (x.Support, x.Predicted, x.Hits)));
        Assert.Empty(found.Confusion);
        Assert.Equal(1, found.Classes[0].Auc, 12);
        Assert.Equal(0.5, found.Classes[1].Auc, 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8) + Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.3) + Math.Log(0.8) + Math.Log(0.8) + Math.Log(0.6) + Math.Log(0.7)) / 3, found.LogLoss, 5);
    }

    [Fact]
    public void An_answer_that_is_no_number_is_an_error() =>
        Assert.Contains("NaN", Assert.Throws<LiveCamException>(() => new Judge(["a", "b"]).Add([1, float.NaN], [0])).Message);
}
