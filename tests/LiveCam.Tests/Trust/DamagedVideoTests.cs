using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Trust;

/// <summary>A video whose middle was zeroed is played as far as it goes, and said to be damaged.</summary>
public sealed class DamagedVideoTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("v.avi")]
    [InlineData("v.mp4")]
    public void A_zeroed_middle_is_a_sentence_and_an_exit_code(string name)
    {
        using (VideoWriter video = VideoWriter.Create(scratch[name], 160, 120, 30))
        {
            for (int i = 0; i < 60; i++) video.Write(Scratch.Pattern(160, 120, i));
            video.Finish();
        }
        Call whole = Call.Run("run", "--headless", "--source", scratch[name]);
        Assert.Equal(0, whole.Exit);
        Assert.DoesNotContain("damaged", whole.Error);
        byte[] bytes = File.ReadAllBytes(scratch[name]);
        bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Clear();
        File.WriteAllBytes(scratch[name], bytes);
        Call damaged = Call.Run("run", "--headless", "--source", scratch[name]);
        Assert.Equal(1, damaged.Exit);
        Assert.Contains("60 frames", damaged.Error);
        Assert.InRange(damaged.Lines.Length, 2, 58);
    }
}
