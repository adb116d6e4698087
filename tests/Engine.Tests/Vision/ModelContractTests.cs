using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>What other programs write about their models, each as it writes it.</summary>
public sealed class ModelContractTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-contract-").FullName;

    private string Model => Path.Combine(folder, "model.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ModelContract Read(Dictionary<string, string>? metadata = null, (int, int, int)? input = null, string? preset = null, Dictionary<string, string>? options = null, int classes = 0) =>
        ModelContract.Read(Model, metadata ?? [], input ?? (3, -1, -1), preset, options ?? [], null, classes);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
        File.WriteAllText(Path.Combine(folder, name), text);
    }

    [Fact]
    public void Where_nobody_says_anything_it_is_a_guess_and_said()
    {
        ModelContract contract = Read();
        Assert.True(contract.IsGuess);
        Assert.Equal(Preprocessing.ImageNet, contract.Preprocessing);
        string note = ModelContract.GuessNote("model.onnx", contract.Preprocessing);
        Assert.Contains("is a guess (imagenet)", note);
        Assert.Contains("--contract", note);
    }

    [Fact]
    public void Ultralytics_says_it_in_the_metadata()
    {
        ModelContract contract = Read(new() { ["task"] = "classify", ["names"] = "{0: 'red', 1: 'green'}", ["imgsz"] = "[64, 96]" }, classes: 2);
        Assert.False(contract.IsGuess);
        Assert.Equal(new Preprocessing { Width = 96, Height = 64, Resample = Resample.Antialias }, contract.Preprocessing);
        Assert.Equal(["red", "green"], contract.Labels!.Names);
    }

    [Theory]
    [InlineData("NominalRange_0_255", "Bgr8", "bytes-bgr")]
    [InlineData("Normalized_0_1", "Rgb8", "unit")]
    [InlineData("Normalized_1_1", "Rgba8", "signed")]
    public void Windows_ML_says_it_in_the_metadata(string range, string format, string preset) =>
        Assert.Equal(preset, PreprocessingPresets.NameOf(Read(new() { ["Image.NominalPixelRange"] = range, ["Image.BitmapPixelFormat"] = format }).Preprocessing));

    [Fact]
    public void Hugging_Face_says_it_beside_the_model_or_beside_its_folder_onnx()
    {
        Write("preprocessor_config.json", """{"do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": 224, "width": 224}}""");
        Write("config.json", """{"id2label": {"0": "cat", "1": "dog"}, "model_type": "vit"}""");
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        foreach (string model in (string[])[Model, Path.Combine(folder, "onnx", "model.onnx")])
        {
            ModelContract contract = ModelContract.Read(model, new Dictionary<string, string>(), (3, -1, -1), null, new Dictionary<string, string>(), null, 2);
            Preprocessing expected = PreprocessingPresets.TryApply(new(), "signed")! with { Fit = Fit.Stretch, Resample = Resample.Antialias };
            Assert.Equal(expected with { Scale = contract.Preprocessing.Scale }, contract.Preprocessing);
            Assert.Equal(1.0 / 255, contract.Preprocessing.Scale, 9);
            Assert.Equal(["cat", "dog"], contract.Labels!.Names);
            Assert.Contains("preprocessor_config.json", contract.Source);
        }
    }

    [Theory]
    [InlineData("""{"do_center_crop": true, "crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 256}, "do_normalize": false, "resample": 3}""", Fit.Crop, 0.875, Resample.Bicubic)]
    [InlineData("""{"size": {"shortest_edge": 224}, "crop_pct": 0.875, "do_rescale": true, "do_normalize": false, "resample": 3}""", Fit.Crop, 0.875, Resample.Bicubic)]
    [InlineData("""{"size": 224, "do_normalize": false, "resample": 0}""", Fit.Stretch, 1, Resample.Nearest)]
    public void Hugging_Faces_sizes_are_a_crop_or_a_stretch(string config, Fit fit, double crop, Resample resample)
    {
        Write("preprocessor_config.json", config);
        Preprocessing contract = Read().Preprocessing;
        Assert.Equal((fit, crop, resample, 224, 224), (contract.Fit, contract.CropFraction, contract.Resample, contract.Width, contract.Height));
        Assert.Equal("unit", PreprocessingPresets.NameOf(contract));
    }

    [Fact]
    public void Timm_says_it_in_its_config()
    {
        Write("config.json", """{"architecture": "x", "num_classes": 2, "label_names": ["cat", "dog"], "pretrained_cfg": {"input_size": [3, 288, 288], "interpolation": "bicubic", "crop_pct": 0.95, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}}""");
        ModelContract contract = Read(classes: 2);
        Assert.Equal(Preprocessing.ImageNet with { Width = 288, Height = 288, CropFraction = 0.95, Resample = Resample.Bicubic }, contract.Preprocessing);
        Assert.Equal(["cat", "dog"], contract.Labels!.Names);
    }

    [Fact]
    public void Teachable_Machine_says_it_in_its_metadata()
    {
        Write("metadata.json", """{"tfjsVersion": "1.3.1", "packageName": "@teachablemachine/image", "labels": ["cat", "dog"], "imageSize": 96}""");
        ModelContract contract = Read(classes: 2);
        Assert.Equal(PreprocessingPresets.TryApply(new() { Width = 96, Height = 96 }, "signed"), contract.Preprocessing);
        Assert.Equal(["cat", "dog"], contract.Labels!.Names);
    }

    [Fact]
    public void A_network_that_normalizes_its_input_gets_what_it_begins_with()
    {
        Preprocessing contract = Read(preset: "bytes").Preprocessing;
        Assert.Equal((1.0, 0.0, 1.0), (contract.Scale, contract.Mean[0], contract.StandardDeviation[2]));
    }

    [Fact]
    public void Files_of_others_are_hints_and_never_obstacles()
    {
        Write("model.json", """{"format": "layers-model", "modelTopology": {}}""");
        Write("labels.txt", string.Join('\n', Enumerable.Range(0, 20).Select(i => $"class {i}")));
        Write("preprocessor_config.json", "{ broken");
        ModelContract contract = Read(classes: 3);
        Assert.True(contract.IsGuess);
        Assert.Null(contract.Labels);
        Assert.Equal(3, contract.Notes.Count);
        Write("model.json", """{"scale": "1/0"}""");
        Assert.Contains("model.json", Assert.Throws<LiveCamException>(() => Read()).Message);
    }

    [Fact]
    public void Presets_follow_each_other_in_a_circle()
    {
        Preprocessing contract = new();
        var seen = new List<string>();
        for (int i = 0; i < PreprocessingPresets.Names.Count; i++)
        {
            seen.Add(PreprocessingPresets.After(contract));
            contract = PreprocessingPresets.TryApply(contract, seen[^1])!;
        }
        Assert.Equal(PreprocessingPresets.Names.Order(), seen.Order());
    }
}
