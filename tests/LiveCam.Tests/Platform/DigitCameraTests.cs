using System.Text.Json;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Platform;

public sealed class DigitCameraTests
{
    [Fact]
    public void A_frame_is_a_function_of_its_number_and_moves()
    {
        using Camera camera = CameraSource.Open("digits:96x64");
        var expected = new Picture(96, 64, PixelFormat.Bgr8);
        Picture? slot = null;
        byte[] before = [];
        for (int number = 0; number < 3; number++)
        {
            Assert.True(camera.Read(ref slot, out TimeSpan time));
            Assert.Equal(number / 30.0, time.TotalSeconds, 6);
            DigitCamera.Paint(expected, number);
            Assert.Equal(expected.Bytes, slot!.Bytes);
            Assert.NotEqual(before, slot.Bytes);
            before = [.. slot.Bytes];
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10 * DigitCamera.FramesPerDigit, false)]
    public void Ink_is_dark_on_paper_and_chalk_bright_on_a_board(long first, bool isDark)
    {
        var picture = new Picture(320, 240, PixelFormat.Bgr8);
        // A one goes through the middle.
        DigitCamera.Paint(picture, first + DigitCamera.FramesPerDigit);
        int[] greens = [.. Enumerable.Range(0, 320).Select(x => (int)picture.Row(120)[3 * x + 1])];
        int ground = greens[40];
        Assert.Contains(greens, green => isDark ? green < ground / 2 : green > 2 * ground);
        Assert.InRange(greens.Count(green => isDark ? green < ground / 2 : green > 2 * ground), 8, 40);
    }

    [Fact]
    public void The_network_that_comes_with_the_program_reads_every_drawn_digit()
    {
        int frames = 20 * DigitCamera.FramesPerDigit;
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "digits", "--frames", $"{frames}");
        Assert.True(call.Exit == 0, call.Error);
        foreach (JsonElement answer in call.Json[..frames])
        {
            string digit = $"{DigitCamera.DigitOf(answer.GetProperty("frame").GetInt64())}";
            JsonElement first = answer.GetProperty("top")[0];
            Assert.Equal(digit, first.GetProperty("label").GetString());
            Assert.InRange(first.GetProperty("probability").GetDouble(), 0.9, 1);
        }
    }

    [Fact]
    public void The_kernels_of_the_lectures_are_a_name_away()
    {
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "digits", "--model", "kernels", "--frames", "1");
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(0, call.Json[0].GetProperty("top").GetArrayLength());
    }
}
