using LiveCam.Engine;
using LiveCam.Engine.Models;
using LiveCam.Networks;

namespace LiveCam.Tests.Commands;

public sealed class RankingTests
{
    [Fact]
    public void Scores_become_probabilities()
    {
        var top = new Guess[3];
        Assert.Equal(3, new Ranking(3, ["a", "b", "c"]).Rank([1, 3, 2], top));
        double sum = Math.Exp(1) + Math.Exp(3) + Math.Exp(2);
        Assert.Equal(["b", "c", "a"], top.Select(guess => guess.Label));
        Assert.Equal(Math.Exp(3) / sum, top[0].Probability, 6);
        Assert.Equal(Math.Exp(1) / sum, top[2].Probability, 6);
    }

    [Fact]
    public void Probabilities_stay_what_they_are()
    {
        var top = new Guess[2];
        new Ranking(3, null).Rank([0.7f, 0.1f, 0.2f], top);
        Assert.Equal([new(0, "0", 0.7f), new(2, "2", 0.2f)], top);
    }

    [Fact]
    public void Equals_come_in_class_order_and_large_scores_do_not_overflow()
    {
        var top = new Guess[3];
        new Ranking(4, null).Rank([1000, 5, 1000, 1000], top);
        Assert.Equal([0, 2, 3], top.Select(guess => guess.Index));
        Assert.Equal(1f / 3, top[0].Probability, 6);
    }

    [Fact]
    public void Scores_of_classes_that_do_not_exclude_each_other_are_taken_one_by_one()
    {
        var top = new Guess[2];
        new Ranking(2, null, ScoreKind.Logits).Rank([6, 6], top);
        Assert.All(top, guess => Assert.Equal(1 / (1 + Math.Exp(-6)), guess.Probability, 6));
        new Ranking(2, null, ScoreKind.Logits).Rank([0.25f, 0.75f], top);
        Assert.Equal(1 / (1 + Math.Exp(-0.75)), top[0].Probability, 6);
        new Ranking(2, null, ScoreKind.Probabilities).Rank([0.9f, 0.8f], top);
        Assert.Equal([new(0, "0", 0.9f), new(1, "1", 0.8f)], top);
    }

    [Theory]
    [InlineData(-3f, 0.0474)]
    [InlineData(0.25f, 0.25)]
    public void A_single_score_is_no_certainty(float score, double expected)
    {
        var top = new Guess[1];
        new Ranking(1, null).Rank([score], top);
        Assert.Equal(expected, top[0].Probability, 4);
    }

    [Theory]
    [InlineData(0.9f, ScoreKind.Binary, 0.9)]
    [InlineData(2f, ScoreKind.Binary, 0.8808)]
    [InlineData(0.3f, ScoreKind.BinaryLogit, 0.5744)]
    public void One_score_for_two_classes_is_the_second_ones(float score, ScoreKind kind, double second)
    {
        var top = new Guess[2];
        Assert.Equal(2, new Ranking(2, ["cat", "dog"], kind).Rank([score], top));
        Assert.Equal(["dog", "cat"], top.Select(guess => guess.Label));
        Assert.Equal(second, top[0].Probability, 4);
        Assert.Equal(1 - second, top[1].Probability, 4);
    }

    [Fact]
    public void Fewer_classes_than_asked_are_all_listed()
    {
        var top = new Guess[5];
        Assert.Equal(2, new Ranking(2, null).Rank([0.25f, 0.75f], top));
        Assert.Equal([1, 0], top.Take(2).Select(guess => guess.Index));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_answer_that_is_no_number_is_an_error(float score) =>
        Assert.Throws<LiveCamException>(() => new Ranking(2, null).Rank([1, score], new Guess[1]));

    [Fact]
    public void Ranking_agrees_with_a_sort()
    {
        var random = new Random(7);
        float[] scores = [.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle() * 20 - 10)];
        var top = new Guess[10];
        new Ranking(1000, null).Rank(scores, top);
        Assert.Equal(Enumerable.Range(0, 1000).OrderByDescending(i => scores[i]).Take(10), top.Select(guess => guess.Index));
    }
}
