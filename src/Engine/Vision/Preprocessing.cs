namespace LiveCam.Engine.Vision;

/// <summary>How a picture of one shape becomes a tensor of another.</summary>
public enum Fit
{
    /// <summary>The largest centred rectangle of the target's shape, shrunk by <see cref="Preprocessing.CropFraction"/>.</summary>
    Crop,
    /// <summary>The whole picture, shape kept, centred between bars of <see cref="Preprocessing.Pad"/>.</summary>
    Letterbox,
    /// <summary>The whole picture, shape not kept.</summary>
    Stretch,
}

/// <summary>How the pixels between and under target pixels are weighed.</summary>
public enum Resample
{
    /// <summary>Each target pixel the mean of what it covers; where it covers less than a pixel, linear.</summary>
    Area,
    /// <summary>A triangle as wide as two target pixels, and never narrower than two source pixels: Pillow's and torchvision's "bilinear".</summary>
    Antialias,
    /// <summary>Linear between the four nearest pixels, also where that skips some: OpenCV's "linear", torch's without antialiasing.</summary>
    Bilinear,
    /// <summary>Keys' cubic (a = -1/2), four target pixels wide and never narrower than four source pixels: Pillow's and torchvision's "bicubic".</summary>
    Bicubic,
    /// <summary>The pixel under the centre.</summary>
    Nearest,
}

/// <summary>Which colour is channel 0 of a three-channel tensor.</summary>
public enum ColourOrder { Rgb, Bgr }

/// <summary>A colour of eight bits a channel, always red first.</summary>
public readonly record struct PadColour(byte Red, byte Green, byte Blue);

/// <summary>A rectangle as fractions of a picture's width and height, as the picture was delivered (before rotation).</summary>
public readonly record struct Region(double Left, double Top, double Width, double Height)
{
    public static Region All { get; } = new(0, 0, 1, 1);
}

/// <summary>
/// The contract from a picture to a tensor, the only one in LiveCam: live view, training, replay, tests and export all use
/// <see cref="PreprocessingCpu"/> or <c>preprocess.comp</c>, which agree within 1e-5 of full scale.
/// </summary>
/// <remarks>
/// In this order:
/// <list type="number">
/// <item><see cref="Region"/> of the picture; rotated clockwise by <see cref="Rotation"/>; then mirrored left to right.</item>
/// <item>Fitted into Width x Height by <see cref="Fit"/>. Crop and Stretch keep fractions of source pixels. Letterbox rounds the
/// content to whole target pixels; the smaller half of an odd bar is left or on top. With any resampling but Area, Crop rounds as
/// torchvision's Resize and CenterCrop do: the shorter side to the whole pixels that the fraction asks, the longer one down, and the
/// margin to the nearest whole number, halves to the even one.</item>
/// <item>Resampled, each axis for itself, as <see cref="Resample"/> says. An axis of n target pixels over the source interval [a, b) has
/// the step s = (b - a) / n and the centres a + (i + 1/2) s; source pixels have theirs at k + 1/2. Area: where s &gt; 1, target pixel i is
/// the mean of the source over [a + i s, a + (i+1) s), pixels on the border counted by the fraction covered; where s &lt;= 1, as Bilinear.
/// Bilinear: between the centres of the two nearest source pixels, indices clamped to the picture. Antialias and Bicubic: the filter at
/// distances divided by max(s, 1), its weights in the picture divided by their sum. a and s are 32.32 fixed point on every device, so all
/// read the same pixels.</item>
/// <item>One channel: ITU-R BT.601 luma 0.299 R + 0.587 G + 0.114 B. Three channels from a gray picture: repeated. Alpha is ignored.</item>
/// <item>value = (pixel * Scale - Mean[c]) / StandardDeviation[c] with pixel in 0..255 and c in tensor order.</item>
/// </list>
/// </remarks>
public sealed record Preprocessing
{
    /// <summary>The largest target side, in pixels.</summary>
    public const int MaxTarget = 8192;

    /// <summary>What most ImageNet classifiers expect: 224x224, centre crop 0.875, RGB, 0..1, then ImageNet's mean and deviation.</summary>
    public static Preprocessing ImageNet { get; } = new()
    {
        CropFraction = 0.875,
        Mean = new(0.485, 0.456, 0.406),
        StandardDeviation = new(0.229, 0.224, 0.225),
    };

    /// <summary>Target width in pixels, 1 to 8192.</summary>
    public int Width { get; init; } = 224;
    /// <summary>Target height in pixels, 1 to 8192.</summary>
    public int Height { get; init; } = 224;
    /// <summary>1 (luma) or 3.</summary>
    public int Channels { get; init; } = 3;
    public Fit Fit { get; init; } = Fit.Crop;
    public Resample Resample { get; init; } = Resample.Area;
    /// <summary>The part of the largest crop that is kept, 0.01 to 1: 0.875 is "resize to 256, crop 224". Only Crop reads it.</summary>
    public double CropFraction { get; init; } = 1;
    /// <summary>The colour of the bars. Only Letterbox reads it.</summary>
    public PadColour Pad { get; init; }
    public ColourOrder Order { get; init; } = ColourOrder.Rgb;
    /// <summary>Multiplies a pixel of 0..255 first; 1/255 unless told otherwise.</summary>
    public double Scale { get; init; } = 1.0 / 255;
    public ChannelValues Mean { get; init; } = new(0, 0, 0);
    public ChannelValues StandardDeviation { get; init; } = new(1, 1, 1);
    /// <summary>Whether left and right change places (after the rotation).</summary>
    public bool Mirror { get; init; }
    /// <summary>Clockwise: 0, 90, 180 or 270 degrees.</summary>
    public int Rotation { get; init; }
    public Region Region { get; init; } = Region.All;

    /// <summary>The default for a model's input when nobody says more: ImageNet's for three channels, 0..1 for one.</summary>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Of the input; 224 where it is not fixed (0 or less).</param>
    /// <param name="width">As height.</param>
    public static Preprocessing For(int channels, int height, int width) => (channels == 1
        ? new Preprocessing { Channels = 1, Mean = new(0), StandardDeviation = new(1) }
        : ImageNet with { Channels = channels }) with { Width = width > 0 ? width : 224, Height = height > 0 ? height : 224 };

    /// <summary>Returns this contract when every setting is within its bounds.</summary>
    /// <param name="where">Names the contract in the error, for example a file.</param>
    /// <exception cref="LiveCamException">A setting is out of bounds.</exception>
    public Preprocessing Check(string where = "preprocessing")
    {
        Side("width", Width);
        Side("height", Height);
        Require(Channels is 1 or 3, "channels", $"{Channels}", "1 or 3");
        Require(Enum.IsDefined(Fit), "fit", $"{(int)Fit}", "crop, letterbox or stretch");
        Require(Enum.IsDefined(Resample), "resample", $"{(int)Resample}", "area, antialias, bilinear, bicubic or nearest");
        Require(Enum.IsDefined(Order), "order", $"{(int)Order}", "rgb or bgr");
        Require(CropFraction is >= 0.01 and <= 1, "crop", $"{CropFraction}", "0.01 to 1");
        Require(Rotation is 0 or 90 or 180 or 270, "rotate", $"{Rotation}", "0, 90, 180 or 270");
        Require(double.IsFinite(Scale) && Scale != 0, "scale", $"{Scale}", "a finite number other than 0");
        Values("mean", Mean, zeroAllowed: true);
        Values("std", StandardDeviation, zeroAllowed: false);
        const double rounding = 1e-9;
        Require(Region is { Left: >= 0, Top: >= 0, Width: >= 0.001, Height: >= 0.001 }
                && Region.Left + Region.Width <= 1 + rounding && Region.Top + Region.Height <= 1 + rounding,
            "region", $"{Region.Left},{Region.Top},{Region.Width},{Region.Height}", "left,top,width,height as fractions inside 0..1, sides at least 0.001");
        return this;

        void Side(string name, int value) => Require(value is >= 1 and <= MaxTarget, name, $"{value}", $"1 to {MaxTarget}");

        void Values(string name, ChannelValues values, bool zeroAllowed)
        {
            Require(values.Count == Channels, name, $"{values.Count} number(s)", $"one number for each of the {Channels} channel(s)");
            for (int c = 0; c < values.Count; c++)
                Require(double.IsFinite(values[c]) && (zeroAllowed || values[c] != 0), name, $"{values[c]}",
                    zeroAllowed ? "finite numbers" : "finite numbers other than 0");
        }

        void Require(bool holds, string name, string value, string allowed)
        {
            if (!holds) throw new LiveCamException($"Cannot use {where}: \"{name}\" is {value}, but has to be {allowed}.");
        }
    }

    /// <summary>What a pixel of 0..255 is multiplied by for tensor channel <paramref name="channel"/>: Scale / StandardDeviation.</summary>
    public double Multiplier(int channel) => Scale / StandardDeviation[channel];

    /// <summary>What is added then: -Mean / StandardDeviation.</summary>
    public double Offset(int channel) => -Mean[channel] / StandardDeviation[channel];

    /// <summary>The tensor value of the letterbox bars in channel <paramref name="channel"/>.</summary>
    public double PadValue(int channel)
    {
        double pixel = Channels == 1
            ? Luma.Red * Pad.Red + Luma.Green * Pad.Green + Luma.Blue * Pad.Blue
            : (Order == ColourOrder.Rgb ? channel : 2 - channel) switch { 0 => Pad.Red, 1 => Pad.Green, _ => Pad.Blue };
        return (pixel * Scale - Mean[channel]) / StandardDeviation[channel];
    }
}

/// <summary>The weights of ITU-R BT.601 luma (section 2.5.1), which sum to 1.</summary>
internal static class Luma
{
    public const double Red = 0.299, Green = 0.587, Blue = 0.114;
}
