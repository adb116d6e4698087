using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Heads;

/// <summary>Known, unsure, unknown; and verdicts that do not flicker.</summary>
public sealed class TaughtModelTests
{
    private const int Dimension = 64;

    /// <summary>Class 0 is background: eight things unlike each other. Classes 1 to 3 are tight.</summary>
    private static (MemoryRows Rows, float[][] Centres) Taught(int seed)
    {
        var random = new Random(seed);
        var rows = new MemoryRows(Dimension);
        for (int i = 0; i < 8; i++) rows.Add(HeadData.Features(random, Dimension, null, 1), 0, 100 + i);
        float[][] centres = [.. Enumerable.Range(0, 3).Select(_ => HeadData.Features(random, Dimension, null, 1))];
        for (int i = 0; i < 20; i++)
            for (int c = 0; c < 3; c++) rows.Add(HeadData.Features(random, Dimension, centres[c], 0.15), c + 1, c);
        return (rows, centres);
    }

    [Theory]
    [MemberData(nameof(HeadTests.Kinds), MemberType = typeof(HeadTests))]
    public void What_was_taught_is_named_and_what_was_not_is_unknown(string kind)
    {
        (int named, int known, int strange) = (0, 0, 0);
        for (int seed = 1; seed <= 5; seed++)
        {
            (MemoryRows rows, float[][] centres) = Taught(seed);
            TaughtModel model = TaughtModel.Fit(rows, background: 0, some => HeadTests.Fit(kind, some));
            var random = new Random(100 + seed);
            var probabilities = new double[4];
            for (int i = 0; i < 60; i++)
            {
                Verdict verdict = model.Judge(HeadData.Features(random, Dimension, centres[i % 3], 0.15), probabilities);
                if (verdict.Class == i % 3 + 1) named++;
                if (verdict.Certainty != Certainty.Unknown) known++;
                Assert.Equal(1, probabilities.Sum(), 1e-9);
                if (model.Judge(HeadData.Features(random, Dimension, null, 1), probabilities).Certainty == Certainty.Unknown) strange++;
            }
        }
        Assert.InRange(named / 300.0, 0.98, 1);
        Assert.InRange(known / 300.0, 0.95, 1);
        Assert.InRange(strange / 300.0, 0.95, 1);
    }

    [Fact]
    public void Held_out_samples_are_scored_by_models_that_never_saw_them()
    {
        (MemoryRows rows, _) = Taught(1);
        List<HashSet<float[]>> seen = [];
        var held = new HeldOut(rows, 0, some =>
        {
            seen.Add([.. Enumerable.Range(0, some.Count).Select(i => HeadData.Row(some, i))]);
            return new ClassMeans(some);
        });
        // Five folds of the sixty and the eight; each row is missing from exactly one.
        Assert.Equal(5, seen.Count);
        Assert.Equal(4 * rows.Count, seen.Sum(set => set.Count));
        Assert.Equal(60, held.Known.Count);
        // The three classes left out in turn, and the background.
        Assert.Equal(68, held.Unknown.Count);
        Assert.Equal(68, held.Labels.Count);
    }

    [Fact]
    public void Whole_bursts_are_held_out_where_a_class_has_enough_of_them()
    {
        var random = new Random(1);
        var rows = new MemoryRows(8);
        for (int i = 0; i < 40; i++) rows.Add(HeadData.Features(random, 8, null, 1), i % 2, i / 4);
        int[][] bursts = new int[5][];
        int fold = 0;
        _ = new HeldOut(rows, -1, some =>
        {
            bursts[fold++] = [.. Enumerable.Range(0, some.Count).Select(some.Burst).Order()];
            return new ClassMeans(some);
        });
        foreach (int[] left in bursts)
            foreach (IGrouping<int, int> burst in left.GroupBy(x => x)) Assert.Equal(4, burst.Count());
    }

    [Fact]
    public void A_single_class_is_known_near_its_samples_and_unknown_far_away()
    {
        MemoryRows rows = HeadData.Rows(1, 12, Dimension, 0.1);
        TaughtModel model = TaughtModel.Fit(rows, -1, some => new ClassMeans(some));
        var probabilities = new double[1];
        Assert.NotEqual(Certainty.Unknown, model.Judge(HeadData.Row(rows, 3), probabilities).Certainty);
        Assert.Equal(Certainty.Unknown, model.Judge(HeadData.Features(new Random(7), Dimension, null, 1), probabilities).Certainty);
    }

    [Fact]
    public void Learning_from_nothing_is_refused_and_one_sample_answers()
    {
        var rows = new MemoryRows(4);
        Assert.Contains("record some first", Assert.Throws<LiveCamException>(() => TaughtModel.Fit(rows, -1, some => new ClassMeans(some))).Message);
        rows.Add([1, 2, 0, 0], 1, 0);
        Verdict verdict = TaughtModel.Fit(rows, 0, some => new ClassMeans(some)).Judge([1, 2, 0, 0], new double[2]);
        Assert.Equal((1, 1.0), (verdict.Class, verdict.Probability));
    }

    [Fact]
    public void An_answer_near_a_border_does_not_flicker()
    {
        var borders = new Thresholds(UnknownFrom: 100, SureFrom: 0.8);
        var steady = new SteadyVerdict();
        int changes = 0, raw = 0;
        Verdict last = default;
        Certainty lastRaw = default;
        for (int i = 0; i < 100; i++)
        {
            Verdict verdict = new(i % 2 == 0 ? Certainty.Unknown : Certainty.Sure, 1, 0.9, i % 2 == 0 ? 104 : 97);
            Verdict shown = steady.Follow(borders, verdict, [0.1, 0.9, 0, 0], TimeSpan.FromSeconds(i));
            if (i > 0 && shown.Certainty != last.Certainty) changes++;
            if (i > 0 && verdict.Certainty != lastRaw) raw++;
            (last, lastRaw) = (shown, verdict.Certainty);
        }
        Assert.Equal((0, 99), (changes, raw));
    }

    [Fact]
    public void A_clear_change_is_shown_and_a_small_lead_does_not_change_the_class()
    {
        var borders = new Thresholds(UnknownFrom: 100, SureFrom: 0.6);
        var steady = new SteadyVerdict();
        Verdict See(double second, double distance, params double[] p) => steady.Follow(borders, new(Certainty.Sure, 1, p.Max(), distance), p, TimeSpan.FromSeconds(second));
        Assert.Equal((1, Certainty.Unsure), (See(0, 50, 0, 0.5, 0.48, 0.02).Class, See(0, 50, 0, 0.5, 0.48, 0.02).Certainty));
        Assert.Equal(1, See(100, 50, 0, 0.48, 0.5, 0.02).Class);
        Assert.Equal(2, See(200, 50, 0, 0.2, 0.78, 0.02).Class);
        Assert.Equal(Certainty.Unknown, See(300, 200, 0, 0.2, 0.78, 0.02).Certainty);
        Assert.Equal(Certainty.Sure, See(400, 20, 0, 0.2, 0.78, 0.02).Certainty);
    }
}
