using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>Teaching from end to end: the program with a script of keys.</summary>
public sealed class TeachLiveTests : IDisposable
{
    private readonly TeachProgram program = new();

    public void Dispose() => program.Dispose();

    private string[] Model => ["--model", program.Backbone];

    /// <summary>Holds 1, 2 and 3 over their things and 0 over the background.</summary>
    private void TeachThree() => program.Run(program.Film("teach", "red", "green", "blue", "grey"),
        [.. TeachProgram.Hold(0, "1"), .. TeachProgram.Hold(1, "2"), .. TeachProgram.Hold(2, "3"), .. TeachProgram.Hold(3, "0")], Model);

    /// <summary>The last answer of each scene.</summary>
    private static (string? Said, string Certainty, double Probability)[] Last((string?, string, double)[] answers) => [.. answers.Chunk(TeachProgram.Scene).Select(scene => scene[^1])];

    [Fact]
    public void Three_things_are_told_apart_another_is_unknown_and_a_reopened_project_answers_the_same()
    {
        TeachThree();
        string ask = program.Film("ask", "red", "green", "blue", "yellow");
        var answers = program.Run(ask, [], Model);
        var last = Last(answers);
        Assert.Equal(["class 1", "class 2", "class 3"], last[..3].Select(one => one.Said));
        Assert.All(last[..3], one => Assert.NotEqual("unknown", one.Certainty));
        Assert.Equal("unknown", last[3].Certainty);
        // The project knows its network by itself.
        Assert.Equal(answers, program.Run(ask, []));
    }

    [Fact]
    public void Undo_takes_a_burst_back_and_the_answers_are_those_of_before()
    {
        TeachThree();
        string ask = program.Film("ask", "red", "green", "blue");
        var before = program.Run(ask, []);
        string counts = Counts();
        // Green things into the class of red ones, and back.
        program.Run(program.Film("spoil", "green"), TeachProgram.Hold(0, "1"));
        Assert.NotEqual(counts, Counts());
        program.Run(program.Film("rest", "green"), [TeachProgram.Key(1, "U")]);
        Assert.Equal(counts, Counts());
        Assert.Equal(before, program.Run(ask, []));
    }

    private string Counts()
    {
        using SampleStore store = program.Project.Open();
        return string.Join(' ', store.State.Classes.Select(one => one.Count));
    }

    [Fact]
    public void A_lesson_of_wrong_samples_is_held_back_and_A_takes_it_and_R_goes_back()
    {
        TeachThree();
        string ask = program.Film("ask", "red", "green", "blue");
        var before = program.Run(ask, []);
        string spoil = program.Film("spoil", "green", "green", "green");
        string[] wrong = [.. TeachProgram.Hold(0, "1"), .. TeachProgram.Hold(1, "1"), .. TeachProgram.Hold(2, "1")];
        program.Run(spoil, wrong);
        Assert.Equal(before, program.Run(ask, []));
        program.Run(program.Film("more", "green", "green"), [.. TeachProgram.Hold(0, "1"), TeachProgram.Key(TeachProgram.Scene + 2, "A")]);
        Assert.NotEqual(before, program.Run(ask, []));
        program.Run(program.Film("rest", "green"), [TeachProgram.Key(1, "R")]);
        Assert.Equal(before, program.Run(ask, []));
    }
}
