using LiveCam.Networks;

namespace LiveCam.Tests.Viewing;

/// <summary>Answers that can be read: smoothing, hysteresis, not sure.</summary>
public sealed class SteadyingTests
{
    private static readonly string[] Labels = ["cat", "dog", "fox"];
    private readonly Steadying steadying = new();
    private readonly Answer answer = new(3);
    private double seconds;

    private void See(double time, params float[] probabilities)
    {
        seconds += time;
        answer.Time = TimeSpan.FromSeconds(seconds);
        answer.Count = 3;
        steadying.Follow(probabilities, Labels, answer);
    }

    [Fact]
    public void The_first_answer_is_shown_as_it_is()
    {
        See(1, 0.7f, 0.2f, 0.1f);
        Assert.Equal(("cat", 0.7f, 0.7f), (answer.Steady[0].Label, answer.Steady[0].Raw, answer.Steady[0].Smooth));
        Assert.True(answer.IsSure);
    }

    [Fact]
    public void A_change_comes_through_as_an_exponential_in_time_whatever_the_rate()
    {
        See(1, 1, 0, 0);
        for (int i = 0; i < 35; i++) See(0.01, 0, 1, 0);
        Assert.Equal(1 - Math.Exp(-1), answer.Steady.Single(guess => guess.Label == "dog").Smooth, 3);
        Assert.Equal(1, answer.Steady.Single(guess => guess.Label == "dog").Raw);
    }

    [Fact]
    public void A_small_lead_does_not_change_the_first_and_a_clear_one_does()
    {
        See(1, 0.50f, 0.45f, 0.05f);
        See(100, 0.46f, 0.50f, 0.04f);
        Assert.Equal("cat", answer.Steady[0].Label);
        See(100, 0.40f, 0.56f, 0.04f);
        Assert.Equal("dog", answer.Steady[0].Label);
        See(100, 0.49f, 0.51f, 0f);
        Assert.Equal("dog", answer.Steady[0].Label);
    }

    [Fact]
    public void Not_sure_is_entered_lower_than_it_is_left()
    {
        See(1, 0.35f, 0.33f, 0.32f);
        Assert.False(answer.IsSure);
        See(100, 0.45f, 0.30f, 0.25f);
        Assert.True(answer.IsSure);
        See(100, 0.35f, 0.33f, 0.32f);
        Assert.True(answer.IsSure);
        See(100, 0.29f, 0.28f, 0.27f);
        Assert.False(answer.IsSure);
    }
}
