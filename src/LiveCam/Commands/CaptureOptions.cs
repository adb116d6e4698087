using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The options that say where pictures come from, and how they are taken.</summary>
internal sealed class CaptureOptions
{
    private const double Slide = 3;

    private readonly Option<string?> source = new("--source") { Description = $"Where pictures come from: {CameraSource.Forms}; else the first camera, or digits where there is none", HelpName = "SOURCE" };
    private readonly Option<string?> size = new("--camera-size") { Description = "Asked of a camera, in pixels", HelpName = "WIDTHxHEIGHT" };
    private readonly Option<double> rate = new("--camera-fps") { Description = "Asked of a camera, in frames a second", HelpName = "NUMBER" };
    private readonly Option<string?> format = new("--camera-format") { Description = "Asked of a camera: its pixel format by four letters, such as MJPG or YUYV; else MJPG from 1280x720 on", HelpName = "FOURCC" };
    private readonly Option<CameraControl> exposure = new("--camera-exposure") { Description = "Asked of a camera: automatic, or locked to the value it has", HelpName = "automatic|locked", CustomParser = Control };
    private readonly Option<CameraControl> whiteBalance = new("--camera-white-balance") { Description = "Asked of a camera: automatic, or locked to the value it has", HelpName = "automatic|locked", CustomParser = Control };
    private readonly Option<bool> mirror = new("--mirror") { Description = "Left becomes right, as in a mirror" };
    private readonly Option<int> rotate = new("--rotate") { Description = "Turn the picture clockwise: 0, 90, 180 or 270 degrees", HelpName = "DEGREES" };
    private readonly Option<string?> region = new("--region") { Description = "Only this part of the camera's picture, as fractions 0 to 1, before it is turned and mirrored", HelpName = "LEFT,TOP,WIDTH,HEIGHT" };
    private readonly Option<bool> loop = new("--loop") { Description = "Start files and folders again at their end" };
    private readonly Option<string?> speed = new("--speed") { Description = "Of files and folders: 1 is their own, 0.5 half of it, max every frame once as fast as the network goes; without a window max, else 1", HelpName = "NUMBER|max" };
    private readonly Option<double> slide = new("--slide") { Description = "How long each picture of a folder is shown at speed 1, in seconds", HelpName = "SECONDS", DefaultValueFactory = _ => Slide };

    public CaptureOptions(Command command)
    {
        size.Validators.Add(result => Check(result, text => Size(text) is not null, "WIDTHxHEIGHT with sides from 16 to 8192, as in 1280x720"));
        rate.Validators.Add(Numbers.Positive);
        format.Validators.Add(result => Check(result, text => text.Length == 4 && text.All(char.IsAsciiLetterOrDigit), "the four letters of a pixel format, as in MJPG or YUYV"));
        rotate.Validators.Add(result => Check(result, text => text is "0" or "90" or "180" or "270", "0, 90, 180 or 270"));
        region.Validators.Add(result => Check(result, text => Part(text) is not null, "LEFT,TOP,WIDTH,HEIGHT as fractions of the picture, as in 0.25,0,0.5,1"));
        speed.Validators.Add(result => Check(result, text => text == "max" || Speed(text) is not null, "max or a number from 0.01 to 100"));
        slide.Validators.Add(result => Numbers.Between(result, 0.001, 86400));
        foreach (Option option in (Option[])[source, size, rate, format, exposure, whiteBalance, mirror, rotate, region, loop, speed, slide]) command.Add(option);
    }

    /// <summary>Where pictures come from: as a person says, else the first camera, or drawn digits where there is none.</summary>
    public string From(ParseResult parse) => parse.GetValue(source) ?? CameraSource.Default;

    /// <summary>What the options say.</summary>
    /// <param name="hasWindow">Somebody watches: no update waits, files play at their own rate and their last picture stays.</param>
    public CaptureSettings Settings(ParseResult parse, bool hasWindow, Terminal terminal)
    {
        string? from = parse.GetValue(source);
        if (from is null)
        {
            from = CameraSource.Default;
            terminal.Note(CameraSource.IsDrawn(from) ? "there is no camera here, so the source is a test picture of drawn digits; --source gives another." : $"the source is {CameraSource.Title(from)} (camera {from}).");
        }
        (int width, int height) = parse.GetValue(size) is { } wanted ? Size(wanted)!.Value : (0, 0);
        return new CaptureSettings(from)
        {
            Wish = new CameraWish(width, height, parse.GetValue(rate), parse.GetValue(slide))
            {
                Format = parse.GetValue(format)?.ToUpperInvariant(), Exposure = parse.GetValue(exposure), WhiteBalance = parse.GetValue(whiteBalance),
            },
            View = new CameraView(parse.GetValue(mirror), parse.GetValue(rotate), parse.GetValue(region) is { } part ? Part(part) : null),
            Loop = parse.GetValue(loop),
            Speed = parse.GetValue(speed) is { } given ? Speed(given) : hasWindow ? 1 : null,
            Waits = !hasWindow,
            Stays = hasWindow,
        };
    }

    private static CameraControl Control(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (text == "automatic") return CameraControl.Automatic;
        if (text != "locked") result.AddError($"{((OptionResult)result.Parent!).Option.Name} is \"{text}\", but has to be automatic or locked.");
        return CameraControl.Locked;
    }

    private static void Check(OptionResult result, Func<string, bool> isRight, string form)
    {
        if (result.Tokens.Count > 0 && !isRight(result.Tokens[^1].Value)) result.AddError($"{result.Option.Name} is \"{result.Tokens[^1].Value}\", but has to be {form}.");
    }

    private static (int Width, int Height)? Size(string text)
    {
        string[] sides = text.Split('x');
        return sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height ? (width, height) : null;

        static int? Side(string side) => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) && pixels is >= 16 and <= 8192 ? pixels : null;
    }

    /// <summary>Null for what is no region. The preprocessing of <c>classify</c> reads it the same way.</summary>
    private static Region? Part(string text)
    {
        try
        {
            return PreprocessingOptions.Parse(new Dictionary<string, string> { ["region"] = text }, Preprocessing.For(3, 0, 0)).Region;
        }
        catch (LiveCamException)
        {
            return null;
        }
    }

    /// <summary>Null for what is no speed, and for max.</summary>
    private static double? Speed(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double times) && times is >= 0.01 and <= 100 ? times : null;
}
