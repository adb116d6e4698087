using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

public sealed class PreprocessingTextTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Json_written_and_read_is_the_same_contract()
    {
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 8192, (Resample)random.Next(5));
            Assert.Equal(contract, PreprocessingJson.Parse(PreprocessingJson.Write(contract), Preprocessing.ImageNet, "test"));
        }
    }

    [Fact]
    public void Contracts_are_equal_by_value()
    {
        Assert.Equal(Preprocessing.ImageNet, Preprocessing.For(3, 224, 224));
        Assert.NotEqual(Preprocessing.ImageNet, Preprocessing.ImageNet with { Mean = new(0.485, 0.456, 0.4) });
    }

    [Fact]
    public void Json_settings_that_are_missing_keep_the_start()
        => Assert.Equal(Preprocessing.ImageNet with { Scale = 1 / 127.5, Mean = new(1, 1, 1), StandardDeviation = new(1, 1, 1), Mirror = true },
            PreprocessingJson.Parse("""{ "scale": "1/127.5", "mean": 1, "std": [1, 1, 1], "mirror": true }""", Preprocessing.ImageNet, "test"));

    [Theory]
    [InlineData("[1]", "object")]
    [InlineData("{", "not JSON at line 1")]
    [InlineData("""{ "means": 1 }""", "\"means\"")]
    [InlineData("""{ "fit": "zoom" }""", "crop, letterbox or stretch")]
    [InlineData("""{ "fit": null }""", "crop, letterbox or stretch")]
    [InlineData("""{ "std": [1, 0, 1] }""", "other than 0")]
    [InlineData("""{ "mean": [1, 2] }""", "one for each channel")]
    [InlineData("""{ "width": 8193 }""", "1 to 8192")]
    [InlineData("""{ "width": 99999999999 }""", "1 to 8192")]
    [InlineData("""{ "height": 0 }""", "1 to 8192")]
    [InlineData("""{ "scale": 1e999 }""", "fraction")]
    [InlineData("""{ "scale": "1/0" }""", "fraction")]
    [InlineData("""{ "scale": 0 }""", "other than 0")]
    [InlineData("""{ "pad": [0, 0, 256] }""", "0 to 255")]
    [InlineData("""{ "rotation": 45 }""", "0, 90, 180 or 270")]
    [InlineData("""{ "region": [0.5, 0, 0.6, 1] }""", "inside 0..1")]
    [InlineData("""{ "channels": 2 }""", "1 or 3")]
    [InlineData("""{ "cropFraction": 0 }""", "0.01 to 1")]
    [InlineData("""{ "mirror": true, "mirror": false }""", "twice")]
    [InlineData("""{ "mirror": [[[true]]] }""", "not JSON")]
    public void Malformed_json_is_refused_with_the_place_and_what_is_allowed(string json, string part)
    {
        var error = Assert.Throws<LiveCamException>(() => PreprocessingJson.Parse(json, Preprocessing.ImageNet, "cat.json"));
        Assert.Contains("cat.json", error.Message);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Options_change_what_they_name()
        => Assert.Equal(
            Preprocessing.ImageNet with
            {
                Width = 96, Height = 64, Fit = Fit.Letterbox, CropFraction = 1, Pad = new(1, 2, 3), Order = ColourOrder.Bgr, Scale = 1 / 127.5,
                Mean = new(0.5, 0.5, 0.5), StandardDeviation = new(0.25, 0.5, 1), Mirror = true, Rotation = 90, Region = new(0, 0.25, 0.5, 0.75),
            },
            PreprocessingOptions.Parse(new Dictionary<string, string>
            {
                ["width"] = "96", ["--height"] = "64", ["fit"] = "letterbox", ["crop"] = "1", ["pad"] = "1,2,3", ["order"] = "BGR", ["scale"] = "1/127.5",
                ["mean"] = "0.5", ["--std"] = "0.25,0.5,1", ["mirror"] = "true", ["rotate"] = "90", ["region"] = "0,0.25,0.5,0.75",
            }, Preprocessing.ImageNet));

    [Theory]
    [InlineData("means", "1", "--mean,")]
    [InlineData("mean", "1,2", "one for each channel")]
    [InlineData("mean", "", "one for each channel")]
    [InlineData("scale", "fast", "fraction")]
    [InlineData("order", "gbr", "rgb or bgr")]
    [InlineData("rotate", "91", "0, 90, 180 or 270")]
    [InlineData("std", "0", "other than 0")]
    [InlineData("width", "1.5", "1 to 8192")]
    public void Wrong_options_are_refused_with_what_is_allowed(string option, string text, string part)
    {
        var error = Assert.Throws<LiveCamException>(() => PreprocessingOptions.Parse(new Dictionary<string, string> { [option] = text }, Preprocessing.ImageNet));
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Every_setting_has_a_json_key_and_every_written_key_is_a_setting()
    {
        using var document = System.Text.Json.JsonDocument.Parse(PreprocessingJson.Write(Preprocessing.ImageNet));
        Assert.Equal(PreprocessingText.Settings.Select(setting => setting.Key).Where(key => key != "contract"), document.RootElement.EnumerateObject().Select(property => property.Name));
    }

    private static Preprocessing Contract(string path, IReadOnlyDictionary<string, string> metadata, Dictionary<string, string> options, int channels, int height, int width) =>
        ModelContract.Read(path, metadata, (channels, height, width), null, options, null, 0).Preprocessing;

    [Fact]
    public void The_command_line_wins_over_the_sidecar_and_the_sidecar_over_the_metadata()
    {
        string folder = Directory.CreateTempSubdirectory("livecam-").FullName;
        try
        {
            string model = Path.Combine(folder, "net.onnx");
            var metadata = new Dictionary<string, string> { [PreprocessingJson.MetadataKey] = """{ "mean": 1, "std": 2, "scale": 3 }""" };
            Preprocessing fromMetadata = Contract(model, metadata, Nothing, 3, 32, 48);
            Assert.Equal(Preprocessing.ImageNet with { Width = 48, Height = 32, Mean = new(1, 1, 1), StandardDeviation = new(2, 2, 2), Scale = 3 }, fromMetadata);
            File.WriteAllText(Path.Combine(folder, "net.json"), """{ "std": 4, "scale": 5 }""");
            Assert.Equal(fromMetadata with { StandardDeviation = new(4, 4, 4), Scale = 6 },
                Contract(model, metadata, new Dictionary<string, string> { ["scale"] = "6" }, 3, 32, 48));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_contract_of_another_shape_than_the_model_is_refused()
    {
        var error = Assert.Throws<LiveCamException>(() => Contract("net.onnx", Nothing, new Dictionary<string, string> { ["width"] = "96" }, 3, 224, 224));
        Assert.Contains("3x224x96", error.Message);
        Assert.Contains("3x224x224", error.Message);
        Assert.Equal(96, Contract("net.onnx", Nothing, new Dictionary<string, string> { ["width"] = "96" }, 3, -1, -1).Width);
    }

    [Fact]
    public void A_gray_model_starts_from_plain_zero_to_one()
        => Assert.Equal(new Preprocessing { Width = 28, Height = 28, Channels = 1, Mean = new(0), StandardDeviation = new(1) }, Contract("net.onnx", Nothing, Nothing, 1, 28, 28));
}
