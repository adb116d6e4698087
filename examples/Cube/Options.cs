using LiveCam.Engine;

namespace Cube;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string Model, string? Source, string Layer, DeviceKind Device, int Frames, string? Snapshot)
{
    public const string Usage = "usage: Cube MODEL [--source CAMERA|FILE] [--layer NAME] [--device auto|cpu|gl] [--frames N] [--snapshot FILE.png]\n"
        + "The cube wears a layer's maps. Without a source the network looks at the cube itself. With --frames it ends after as many answers.";

    /// <summary>Null where it is not understood.</summary>
    public static Options? Parse(string[] args)
    {
        if (args.Length % 2 == 0 || args[0].StartsWith('-')) return null;
        var options = new Options(args[0], null, "", DeviceKind.Auto, int.MaxValue, null);
        for (int i = 1; i < args.Length; i += 2)
            switch (args[i])
            {
                case "--source":
                    options = options with { Source = args[i + 1] };
                    break;
                case "--layer":
                    options = options with { Layer = args[i + 1] };
                    break;
                case "--device" when Enum.TryParse(args[i + 1], ignoreCase: true, out DeviceKind kind):
                    options = options with { Device = kind };
                    break;
                case "--frames" when int.TryParse(args[i + 1], out int frames) && frames > 0:
                    options = options with { Frames = frames };
                    break;
                case "--snapshot":
                    options = options with { Snapshot = args[i + 1] };
                    break;
                default:
                    return null;
            }
        return options;
    }
}
