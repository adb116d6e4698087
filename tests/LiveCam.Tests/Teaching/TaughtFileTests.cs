using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Teaching;

/// <summary>The file of what was taught in other verbs, and a damaged one.</summary>
[Collection(GlCollection.Name)]
public sealed class TaughtFileTests(GlFixture gl) : IDisposable
{
    private readonly TeachProgram program = new();

    public void Dispose() => program.Dispose();

    /// <summary>On OpenGL probabilities and distance come back as one tensor.</summary>
    [Theory]
    [InlineData("cpu")]
    [InlineData("gl")]
    public void Photographs_are_classified_with_how_sure_that_is(string device)
    {
        if (device == "gl") Assert.NotNull(gl.Caps);
        program.TeachThree();
        string file = program.Project["taught.onnx"];
        Assert.Equal(0, Call.Run("export", "--project", program.Project.Folder, "--out", file).Exit);
        Call call = Call.Run("classify", "--json", "--device", device, "--model", file, Path.Combine(program.Film("one", "red"), "0003.png"), Path.Combine(program.Film("other", "yellow"), "0003.png"));
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal("class 1", call.Json[0].GetProperty("top")[0].GetProperty("label").GetString());
        Assert.NotEqual("unknown", call.Json[0].GetProperty("certainty").GetString());
        Assert.Equal("unknown", call.Json[1].GetProperty("certainty").GetString());
    }

    [Fact]
    public void A_file_whose_borders_were_damaged_is_refused_with_a_sentence()
    {
        program.TeachThree();
        string file = program.Project["taught.onnx"];
        Assert.Equal(0, Call.Run("export", "--project", program.Project.Folder, "--out", file).Exit);
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().IndexOf("sure_from"u8);
        bytes[at] = (byte)'p';
        File.WriteAllBytes(file, bytes);
        string sentence = Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern:64x48", "--frames", "1", "--model", file).AssertFailed(1);
        Assert.Contains("livecam.taught", sentence);
        Assert.Contains("pure_from", sentence);
    }
}
