using System.CommandLine;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Planning;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The options that choose where the arithmetic runs, and the choice itself.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> device = new("--device")
    {
        Description = "Where the network runs: auto (a graphics card if there is one, else the CPU), cpu or gl",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<int> threads = new("--threads") { Description = "CPU threads (0: one for each processor)" };

    private readonly Option<bool> exact = new("--exact") { Description = "Convolutions on the CPU as they are defined; without it some take a faster way that rounds a little more" };

    private readonly Option<string?> shaders = new("--shaders")
    {
        Description = $"For work on shaders: a folder to read them from instead of the program; run looks for changes (also {ShadersVariable})",
        HelpName = "FOLDER",
    };

    private const string ShadersVariable = "LIVECAM_SHADERS";

    public DeviceOptions(Command command)
    {
        device.AcceptOnlyFromAmong("auto", "cpu", "gl");
        threads.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 0 or > 256) result.AddError("--threads has to be 0 to 256.");
        });
        command.Add(device);
        command.Add(threads);
        command.Add(exact);
        command.Add(shaders);
    }

    /// <summary>The folder that shaders are read from; null for the program's own.</summary>
    /// <exception cref="LiveCamException">There is no such folder.</exception>
    public string? ShaderFolder(ParseResult parse)
    {
        string? folder = parse.GetValue(shaders) ?? Environment.GetEnvironmentVariable(ShadersVariable);
        if (string.IsNullOrEmpty(folder)) return null;
        return Directory.Exists(folder) ? folder : throw new LiveCamException($"Reading shaders: there is no folder \"{folder}\"; give src/Shaders of the sources, or leave --shaders and {ShadersVariable} out.");
    }

    /// <summary>Opens the chosen device and says why when it was not the user who chose.</summary>
    public Device Open(ParseResult parse, Terminal terminal) => Open(parse.GetValue(device)!, Cpu(parse, parse.GetValue(threads)), ShaderFolder(parse), terminal);

    /// <summary>Opens the device the user chose, or else this one.</summary>
    public Device OpenGivenOr(string kind, ParseResult parse, Terminal terminal) =>
        Open(parse.GetResult(device) is { Implicit: false } ? parse.GetValue(device)! : kind, Cpu(parse, parse.GetValue(threads)), ShaderFolder(parse), terminal);

    /// <summary>What the user asked for: auto, cpu or gl.</summary>
    public string Kind(ParseResult parse) => parse.GetValue(device)!;

    /// <summary>Opens a device of any kind with the user's threads.</summary>
    /// <param name="window">A display that has to go on beside it, if there is one: one processor is left to that, and OpenGL is the display's own.</param>
    public Device Open(string kind, ParseResult parse, Terminal terminal, WindowHost? window)
    {
        int count = parse.GetValue(threads);
        if (count == 0 && window is not null) count = Math.Max(1, Environment.ProcessorCount - 1);
        string? folder = ShaderFolder(parse);
        if (window is not { Computes: true } || kind == "cpu" || kind == "auto" && window.IsSoftware) return Open(kind, Cpu(parse, count), folder, terminal);
        return window.OpenDevice(folder is null ? null : ShaderLibrary.FromDirectory(folder));
    }

    private Func<CpuDevice> Cpu(ParseResult parse, int count) => () => new CpuDevice(count) { Exact = parse.GetValue(exact) };

    private static Device Open(string kind, Func<CpuDevice> openCpu, string? shaders, Terminal terminal)
    {
        DeviceKind chosen = kind switch { "cpu" => DeviceKind.Cpu, "gl" => DeviceKind.Gl, _ => DeviceKind.Auto };
        Device opened = DeviceChoice.Open(chosen, openCpu, shaders is null ? null : ShaderLibrary.FromDirectory(shaders), out string? declined);
        if (declined is not null) terminal.Note($"{declined}; the arithmetic runs on the {opened.Description}.");
        return opened;
    }
}
