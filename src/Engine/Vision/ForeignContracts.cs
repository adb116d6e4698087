using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

using Table = List<KeyValuePair<string, object?>>;

/// <summary>
/// How other programs say what their models were trained with: Ultralytics and Windows ML in the file's metadata, Hugging Face, timm and Teachable
/// Machine in a file beside it.
/// </summary>
internal static class ForeignContracts
{
    /// <summary>The first of them that says something.</summary>
    /// <param name="start">What the model's input suggests; its sides are the model's own where they are fixed.</param>
    public static (Preprocessing Contract, string Source)? TryRead(ModelSurroundings files, Preprocessing start)
    {
        try
        {
            return Ultralytics(files, start) ?? WindowsMl(files, start) ?? HuggingFace(files, start) ?? Timm(files, start) ?? TeachableMachine(files, start);
        }
        catch (LiveCamException error)
        {
            files.Note($"what is said beside {files.Path} about its preprocessing is not used: {error.Message}");
            return null;
        }
    }

    /// <summary>Ultralytics' export: <c>task</c>, <c>names</c> and <c>imgsz</c> in the metadata; pixels of 0 to 1, the shorter side resized, the middle taken.</summary>
    private static (Preprocessing, string)? Ultralytics(ModelSurroundings files, Preprocessing start)
    {
        if (!files.Metadata.TryGetValue("task", out string? task) || !files.Metadata.ContainsKey("names") && !files.Metadata.ContainsKey("stride")) return null;
        if (task != "classify") files.Note($"{files.Path} says that its task is \"{task}\"; LiveCam shows classifiers.");
        Preprocessing contract = Preset(start, "unit") with { CropFraction = 1, Resample = Resample.Antialias };
        if (files.Metadata.TryGetValue("imgsz", out string? size) && Sides(size) is (int height, int width)) contract = contract with { Height = height, Width = width };
        return (contract.Check($"the metadata of {files.Path}"), "the metadata that Ultralytics writes");
    }

    private static (int Height, int Width)? Sides(string text)
    {
        try
        {
            return Literal.Parse(text) switch
            {
                double side when side is > 0 and <= Preprocessing.MaxTarget => ((int)side, (int)side),
                List<object?> and [double height, double width] when height is > 0 and <= Preprocessing.MaxTarget && width is > 0 and <= Preprocessing.MaxTarget => ((int)height, (int)width),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The entries for pictures of ONNX's MetadataProps.md, which Custom Vision writes.</summary>
    private static (Preprocessing, string)? WindowsMl(ModelSurroundings files, Preprocessing start)
    {
        if (!files.Metadata.TryGetValue("Image.NominalPixelRange", out string? range)) return null;
        files.Metadata.TryGetValue("Image.BitmapPixelFormat", out string? format);
        string? preset = range switch { "NominalRange_0_255" => "bytes", "Normalized_0_1" => "unit", "Normalized_1_1" => "signed", _ => null };
        if (preset is null)
        {
            files.Note($"{files.Path} says that its pixels are \"{range}\", which is not among NominalRange_0_255, Normalized_0_1 and Normalized_1_1, so it is not used.");
            return null;
        }
        bool isBgr = format?.StartsWith("Bgr", StringComparison.OrdinalIgnoreCase) == true;
        return (Preset(start, isBgr ? $"{preset}-bgr" : preset) with { CropFraction = 1 }, "the file's Image metadata");
    }

    /// <summary>Hugging Face's <c>preprocessor_config.json</c>.</summary>
    private static (Preprocessing, string)? HuggingFace(ModelSurroundings files, Preprocessing start)
    {
        if (files.Table("preprocessor_config.json") is not { } config) return null;
        bool hasNumbers = config.Entry("image_mean") is not null || config.Entry("do_rescale") is not null || config.Entry("do_normalize") is not null;
        if (!hasNumbers) return null;
        bool rescales = config.Truth("do_rescale") ?? true, normalizes = config.Truth("do_normalize") ?? true;
        Preprocessing contract = start with
        {
            Scale = rescales ? config.Number("rescale_factor") ?? 1.0 / 255 : 1,
            Mean = normalizes && config.Values("image_mean", start.Channels) is { } mean ? mean : ChannelValues.All(0, start.Channels),
            StandardDeviation = normalizes && config.Values("image_std", start.Channels) is { } deviation ? deviation : ChannelValues.All(1, start.Channels),
            Order = config.Truth("do_flip_channel_order") == true ? ColourOrder.Bgr : ColourOrder.Rgb,
            Resample = PillowFilter(config.Number("resample") ?? 2, files),
        };
        string file = files.Find("preprocessor_config.json")!;
        return (Fitted(contract, config).Check(file), file);
    }

    /// <summary>The resize and the crop. A size of both sides does not keep the picture's shape; one of the shorter side does.</summary>
    private static Preprocessing Fitted(Preprocessing contract, Table config)
    {
        (int Height, int Width)? size = config.Truth("do_resize") == false ? null : SizeOf(config.Entry("size"));
        bool keepsShape = config.Table("size")?.Entry("shortest_edge") is double;
        (int Height, int Width)? crop = config.Truth("do_center_crop") == true ? SizeOf(config.Entry("crop_size")) ?? size : null;
        if ((crop ?? size) is var (height, width)) contract = contract with { Height = height, Width = width };
        if (size is not { } whole) return contract with { Fit = Fit.Crop, CropFraction = 1 };
        // ConvNeXt: below 384 pixels the size is that of the crop, and so much larger the picture is made before.
        if (crop is null && keepsShape && config.Number("crop_pct") is { } fraction && whole.Height < 384) return contract with { Fit = Fit.Crop, CropFraction = Math.Clamp(fraction, 0.01, 1) };
        if (keepsShape) return contract with { Fit = Fit.Crop, CropFraction = crop is { } cut ? Math.Clamp((double)cut.Height / whole.Height, 0.01, 1) : 1 };
        double down = crop is { } part ? Math.Clamp((double)part.Height / whole.Height, 0.001, 1) : 1, across = crop is { } same ? Math.Clamp((double)same.Width / whole.Width, 0.001, 1) : 1;
        return contract with { Fit = Fit.Stretch, CropFraction = 1, Region = new((1 - across) / 2, (1 - down) / 2, across, down) };
    }

    private static (int Height, int Width)? SizeOf(object? size) => size switch
    {
        double side when IsSide(side) => ((int)side, (int)side),
        Table table when table.Number("shortest_edge") is { } edge && IsSide(edge) => ((int)edge, (int)edge),
        Table table when table.Number("height") is { } height && table.Number("width") is { } width && IsSide(height) && IsSide(width) => ((int)height, (int)width),
        _ => null,
    };

    private static bool IsSide(double side) => side is >= 1 and <= Preprocessing.MaxTarget;

    /// <summary>Pillow's number of a filter.</summary>
    private static Resample PillowFilter(double number, ModelSurroundings files)
    {
        if (number is 1 or 5) files.Note($"the model beside {files.Path} was trained with Pillow's {(number == 1 ? "Lanczos" : "Hamming")} filter; {(number == 1 ? "bicubic" : "bilinear")} is the nearest there is here.");
        return number switch { 0 => Resample.Nearest, 1 or 3 => Resample.Bicubic, 4 => Resample.Area, _ => Resample.Antialias };
    }

    /// <summary>timm's <c>config.json</c>: its <c>pretrained_cfg</c>, or those entries themselves.</summary>
    private static (Preprocessing, string)? Timm(ModelSurroundings files, Preprocessing start)
    {
        if (files.Table("config.json") is not { } config) return null;
        Table numbers = config.Table("pretrained_cfg") ?? config;
        if (numbers.Values("mean", start.Channels) is not { } mean || numbers.Values("std", start.Channels) is not { } deviation) return null;
        Preprocessing contract = start with
        {
            Scale = 1.0 / 255,
            Mean = mean,
            StandardDeviation = deviation,
            CropFraction = Math.Clamp(numbers.Number("crop_pct") ?? 0.875, 0.01, 1),
            Fit = numbers.Text("crop_mode") switch { "squash" => Fit.Stretch, "border" => Fit.Letterbox, _ => Fit.Crop },
            Resample = numbers.Text("interpolation") switch { "bilinear" => Resample.Antialias, "nearest" => Resample.Nearest, _ => Resample.Bicubic },
        };
        if (numbers.Entry("input_size") is List<object?> and [double, double height, double width] && IsSide(height) && IsSide(width)) contract = contract with { Height = (int)height, Width = (int)width };
        string file = files.Find("config.json")!;
        return (contract.Check(file), file);
    }

    /// <summary>Teachable Machine's <c>metadata.json</c>: the middle square, pixels of -1 to 1.</summary>
    private static (Preprocessing, string)? TeachableMachine(ModelSurroundings files, Preprocessing start)
    {
        if (files.Table("metadata.json") is not { } config || config.Entry("labels") is not List<object?>
            || config.Number("imageSize") is null && config.Text("packageName")?.Contains("teachablemachine", StringComparison.Ordinal) != true) return null;
        int side = config.Number("imageSize") is { } given && IsSide(given) ? (int)given : 224;
        return (Preset(start, "signed") with { CropFraction = 1, Width = side, Height = side }, files.Find("metadata.json")!);
    }

    private static Preprocessing Preset(Preprocessing start, string name) => PreprocessingPresets.TryApply(start, name)!;
}
