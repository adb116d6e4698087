using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Heads;

/// <summary>The heads against their definitions.</summary>
public sealed class HeadTests
{
    private const int Dimension = 23;

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    [Fact]
    public void Class_means_score_the_cosine_to_the_mean_direction()
    {
        MemoryRows rows = HeadData.Rows(3, 7, Dimension, 0.5);
        var head = new ClassMeans(rows);
        float[] features = HeadData.Features(new Random(9), Dimension, null, 1);
        var scores = new double[3];
        head.Score(features, scores);
        for (int c = 0; c < 3; c++)
        {
            double[][] units = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Label(i) == c).Select(i => HeadData.Direction(HeadData.Row(rows, i)))];
            double[] mean = [.. Enumerable.Range(0, Dimension).Select(d => units.Average(unit => unit[d]))];
            Assert.Equal(Cosine(HeadData.Direction(features), mean), scores[c], 1e-12);
        }
    }

    [Fact]
    public void Neighbours_score_the_mean_of_a_class_s_highest_cosines()
    {
        MemoryRows rows = HeadData.Rows(3, 9, Dimension, 0.5);
        rows.Add(HeadData.Features(new Random(4), Dimension, null, 1), 3, 9);
        var head = new NearestNeighbours(rows, neighbours: 4);
        float[] features = HeadData.Features(new Random(9), Dimension, null, 1);
        var scores = new double[4];
        head.Score(features, scores);
        for (int c = 0; c < 4; c++)
        {
            double[] cosines = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Label(i) == c)
                .Select(i => Cosine(HeadData.Direction(features), HeadData.Direction(HeadData.Row(rows, i)))).OrderDescending()];
            Assert.Equal(cosines.Take(4).Average(), scores[c], 1e-12);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(30)]
    public void The_discriminant_s_scores_differ_by_half_the_difference_of_squared_distances(int each)
    {
        MemoryRows rows = HeadData.Rows(3, each, Dimension, 0.4);
        LinearHead head = LinearHead.Discriminant(rows);
        double[][] units = [.. Enumerable.Range(0, rows.Count).Select(i => HeadData.Direction(HeadData.Row(rows, i)))];
        double[,] inverse = HeadData.Inverse(HeadData.LedoitWolf(HeadData.Centred(rows), Dimension).Matrix);
        float[] features = HeadData.Features(new Random(9), Dimension, null, 1);
        double[] x = HeadData.Direction(features), squared = new double[3], scores = new double[3];
        head.Score(features, scores);
        for (int c = 0; c < 3; c++)
            squared[c] = HeadData.Form(inverse, [.. x.Select((value, d) => value - units.Where((_, i) => rows.Label(i) == c).Average(unit => unit[d]))]);
        for (int c = 1; c < 3; c++) Assert.Equal((squared[0] - squared[c]) / 2, scores[c] - scores[0], 1e-8 * squared.Max());
    }

    public static TheoryData<string> Kinds => ["means", "neighbours", "discriminant"];

    internal static Head Fit(string kind, FeatureRows rows) => kind switch
    {
        "means" => new ClassMeans(rows),
        "neighbours" => new NearestNeighbours(rows),
        _ => LinearHead.Discriminant(rows),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_sample_of_each_class_is_enough_and_a_class_without_samples_is_never_named(string kind)
    {
        var rows = new MemoryRows(3);
        rows.Add([1, 0, 0], 0, 0);
        rows.Add([0, 0, 1], 2, 1);
        Head head = Fit(kind, rows);
        var scores = new double[3];
        head.Score([0.9f, 0.1f, 0.2f], scores);
        Assert.Equal(0, Head.Best(scores));
        Assert.Equal(double.NegativeInfinity, scores[1]);
        head.Score([0.1f, 0.1f, 2], scores);
        Assert.Equal(2, Head.Best(scores));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fitting_twice_gives_the_same_bits_and_the_length_of_the_features_does_not_count(string kind)
    {
        MemoryRows rows = HeadData.Rows(4, 6, 40, 0.5);
        double[] once = new double[4], again = new double[4];
        float[] features = HeadData.Features(new Random(2), 40, null, 1);
        Fit(kind, rows).Score(features, once);
        Fit(kind, rows).Score(features, again);
        Assert.Equal(once, again);
        Fit(kind, rows).Score([.. features.Select(x => 4 * x)], again);
        Assert.Equal(once, again);
    }
}
