using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Explaining;

public sealed class FaithfulnessTests
{
    /// <summary>Each pixel that was taken out is the weighted mean of its neighbors as ROAD defines it, and a slope is continued as a slope.</summary>
    [Fact]
    public void Imputation_solves_its_equations()
    {
        const int width = 23, height = 17;
        var pixels = new float[width * height * 2];
        var isOut = new bool[width * height];
        var random = new Random(5);
        for (int i = 0; i < isOut.Length; i++)
        {
            isOut[i] = i % width is > 3 and < 15 && i / width is > 2 and < 14 || random.Next(4) == 0;
            (pixels[2 * i], pixels[2 * i + 1]) = (i % width, random.NextSingle());
        }
        float[] before = [.. pixels];
        new Imputation(width, height, 2).Fill(pixels, isOut);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 2; c++)
                {
                    int at = (y * width + x) * 2 + c;
                    if (!isOut[y * width + x])
                    {
                        Assert.Equal(before[at], pixels[at]);
                        continue;
                    }
                    double sum = 0, weights = 0;
                    for (int dy = -1; dy <= 1; dy++)
                        for (int dx = -1; dx <= 1; dx++)
                            if ((dy != 0 || dx != 0) && y + dy is >= 0 and < height && x + dx is >= 0 and < width)
                            {
                                double weight = dy == 0 || dx == 0 ? 1 / 6.0 : 1 / 12.0;
                                (sum, weights) = (sum + weight * pixels[((y + dy) * width + x + dx) * 2 + c], weights + weight);
                            }
                    // The sweeps end where one changes less than a ten thousandth of the range, here 22.
                    Assert.Equal(sum / weights, pixels[at], 22 * 1e-3);
                    if (c == 0 && x is > 0 and < width - 1) Assert.Equal(x, pixels[at], 22 * 0.05);
                }
    }

    /// <summary>Score 0 of the paper's network lives on its first and last pixel: a map that says so loses less by insertion and more by deletion than one that says the opposite.</summary>
    [Fact]
    public void A_map_that_tells_the_truth_is_told_from_one_that_lies()
    {
        using var cpu = new CpuDevice(threads: 1);
        ExplainNetwork network = PaperNetwork.Flat();
        using var test = new FaithfulnessTest(network, cpu, ExplainTarget.Class(1), parts: 4);
        Faithfulness truth = test.Run(PaperNetwork.Picture, new(2, 2, [2, 0, 1, 3], false), ExplainTarget.Class(1));
        Faithfulness lie = test.Run(PaperNetwork.Picture, new(2, 2, [1, 3, 2, 0], false), ExplainTarget.Class(1));
        Assert.Equal(5, truth.Deletion.Count);
        Assert.True(truth.DeletionArea < lie.DeletionArea && truth.InsertionArea > lie.InsertionArea, $"{truth.DeletionArea} {lie.DeletionArea}, {truth.InsertionArea} {lie.InsertionArea}");
        // Nothing taken out and all left are the same picture.
        Assert.Equal(truth.Deletion[0], truth.Insertion[4]);
        Assert.Equal(Math.Exp(4) / (Math.Exp(4) + Math.Exp(2) + 1), truth.Deletion[0], 1e-6);
    }

    [Fact]
    public void Areas_are_trapezoids()
    {
        var faithful = new Faithfulness([1, 0.5, 0], [0, 1, 1]);
        Assert.Equal(0.5, faithful.DeletionArea, 1e-12);
        Assert.Equal(0.75, faithful.InsertionArea, 1e-12);
        Assert.Equal("fair", faithful.Word);
    }

    [Fact]
    public void Maps_that_say_nothing_say_why()
    {
        Assert.Contains("flat", new ExplainMap(2, 1, [1, 1], false).Trouble);
        Assert.Contains("flat", new ExplainMap(2, 1, [0, 0], true).Trouble);
        Assert.Contains("nowhere above zero", new ExplainMap(2, 1, [-1, 0], false).Trouble);
        Assert.Contains("not finite", new ExplainMap(2, 1, [1, float.NaN], false).Trouble);
        Assert.Null(new ExplainMap(2, 1, [-1, 0], true).Trouble);
        Assert.Null(new ExplainMap(2, 1, [0, 1], false).Trouble);
    }

    [Fact]
    public void Likeness_is_the_correlation_of_ranks()
    {
        Assert.Equal(1, Randomization.Likeness(new(4, 1, [1, 2, 3, 4], false), new(4, 1, [10, 20, 30, 31], false)), 1e-12);
        Assert.Equal(-1, Randomization.Likeness(new(4, 1, [1, 2, 3, 4], false), new(4, 1, [4, 3, 2, 1], false)), 1e-12);
        // Ranks 0 1 2 3 against 1 0 2 3: 1 - 6 * 2 / (4 * 15).
        Assert.Equal(0.8, Randomization.Likeness(new(4, 1, [1, 2, 3, 4], false), new(4, 1, [-2, 1, 3, 4], true)), 1e-12);
    }

    [Fact]
    public void Shuffled_weights_are_the_same_numbers_and_give_another_answer()
    {
        ExplainNetwork network = PaperNetwork.Flat(), shuffled = Randomization.Of(network);
        float[] head = Weights(network), chance = Weights(shuffled);
        Assert.NotEqual(head, chance);
        Assert.Equal(head.Order(), chance.Order());
        Assert.Equal(head, Weights(Randomization.Of(network, part: 0)));

        static float[] Weights(ExplainNetwork of) => of.Model.Graph.Parameters.Values.First(parameter => parameter.Name == "head").Value.Span<float>().ToArray();
    }
}
