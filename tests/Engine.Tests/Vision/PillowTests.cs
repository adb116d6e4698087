using System.Text.Json;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>The resampling filters against Pillow's (pillow.json, made by pillow.py), picture for picture.</summary>
public sealed class PillowTests
{
    public static TheoryData<int> Cases => new(Enumerable.Range(0, All.GetArrayLength()));

    private static JsonElement All { get; } = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Requirements.Root, "tests", "Engine.Tests", "Vision", "pillow.json"))).RootElement;

    /// <summary>Pillow rounds to bytes between its two passes and after them, where LiveCam keeps fractions.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_filter_is_within_a_level_of_Pillows(int index)
    {
        JsonElement one = All[index];
        int[] source = Pair(one, "source"), target = Pair(one, "target");
        Preprocessing contract = PreprocessingOptions.Parse(new Dictionary<string, string>
        {
            ["width"] = $"{target[0]}",
            ["height"] = $"{target[1]}",
            ["fit"] = one.GetProperty("fit").GetString()!,
            ["resample"] = one.GetProperty("resample").GetString()!,
            ["crop"] = one.GetProperty("crop").GetRawText(),
            ["contract"] = "bytes",
        }, new());
        var values = new float[target[0] * target[1] * 3];
        new PreprocessingCpu(contract).Run(Draw(source[0], source[1]), values, TensorStrides.ChannelsLast(target[0], 3));
        byte[] expected = one.GetProperty("rgb").GetBytesFromBase64();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(Math.Round(values[i]) - expected[i]) <= 1, $"{one.GetProperty("resample")} {one.GetProperty("fit")} {source[0]}x{source[1]}, element {i}: Pillow gives {expected[i]}, LiveCam {values[i]}");
    }

    private static int[] Pair(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(side => side.GetInt32())];

    private static Picture Draw(int width, int height)
    {
        var picture = new Picture(width, height, PixelFormat.Rgba8);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = picture.Row(y).Slice(4 * x, 4);
                (pixel[0], pixel[1], pixel[2]) = ((byte)(x * x * 31 + y * 17 * x + y * y * 7), (byte)(x * 255 / Math.Max(1, width - 1)), (byte)((x / 3 + y / 2) % 2 == 1 ? 255 : 0));
            }
        return picture;
    }
}
