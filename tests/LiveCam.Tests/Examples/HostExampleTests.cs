using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Examples;

/// <summary>The programs in examples/ that have a network in them, as somebody would run them.</summary>
[Collection(GlCollection.Name)]
public sealed class HostExampleTests(GlFixture gl) : IDisposable
{
    private readonly Scratch scratch = new();

    private static string Model => Path.Combine(Requirements.Root, "models", "cifar10.onnx");

    public void Dispose() => scratch.Dispose();

    private static Process Start(string name, params string[] args)
    {
        // The same configuration as these tests.
        string built = Path.GetRelativePath(Path.Combine(Requirements.Root, "tests", "LiveCam.Tests"), AppContext.BaseDirectory);
        string program = Path.Combine(Requirements.Root, "examples", name, built, $"{name}.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static string[] Run(string name, params string[] args)
    {
        using Process process = Start(name, args);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult() + output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Photo(string name, int seed)
    {
        Picture picture = Scratch.Pattern(64, 48, seed);
        ImageFile.Save(picture, scratch[name]);
        return scratch[name];
    }

    [Fact]
    public void The_console_program_names_what_each_picture_shows()
    {
        string[] files = [Photo("a.png", 1), Photo("b.png", 40)];
        using var net = ImageClassifier.Load(Model);
        Assert.Equal(files.Select(file => net.Classify(ImageFile.Load(file)) is var top ? $"{file}: {top[0].Label} {top[0].Probability:P0}" : ""), Run("ConsoleClassifier", [Model, .. files]));
    }

    [Fact]
    public void The_service_writes_a_line_for_each_picture_of_a_folder()
    {
        for (int i = 0; i < 3; i++) Photo($"{i}.png", 30 * i);
        using var net = ImageClassifier.Load(Model);
        JsonElement[] lines = [.. Run("HeadlessService", Model, scratch.Folder).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(Enumerable.Range(0, 3).Select(i => net.Classify(ImageFile.Load(scratch[$"{i}.png"]))[0].Label), lines.Select(line => line.GetProperty("top")[0].GetProperty("label").GetString()));
    }

    [Fact]
    public void The_service_ends_by_Ctrl_C()
    {
        if (!OperatingSystem.IsLinux()) throw Requirements.Missing("signals", "no way to press Ctrl-C for another program");
        Photo("a.png", 1);
        using Process service = Start("HeadlessService", Model, scratch.Folder, "--watch");
        Assert.StartsWith("{", service.StandardOutput.ReadLine());
        using (Process kill = Process.Start("kill", ["-INT", $"{service.Id}"])) kill.WaitForExit();
        string[] lines = service.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string errors = service.StandardError.ReadToEnd();
        service.WaitForExit();
        Assert.Equal((0, $"{lines.Length + 1} pictures\n"), (service.ExitCode, errors));
    }

    /// <summary>On the card the network looks at the cube itself, on the CPU at a picture.</summary>
    [Theory]
    [InlineData("gl")]
    [InlineData("cpu")]
    public void The_cube_wears_the_maps(string device)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))) throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
        if (device == "gl") Assert.NotNull(gl.Caps);
        string[] source = device == "cpu" ? ["--source", Photo("source.png", 20)] : [];
        string[] lines = Run("Cube", [Model, "--device", device, "--frames", "2", "--snapshot", scratch["cube.png"], .. source]);
        Assert.StartsWith("2 answers on ", lines[^1]);
        Picture picture = ImageFile.Load(scratch["cube.png"]);
        HashSet<int> colors = [];
        int background = 0, violet = 0, green = 0;
        for (int i = 0; i < picture.Bytes.Length; i += 3)
        {
            (int blue, int middle, int red) = (picture.Bytes[i], picture.Bytes[i + 1], picture.Bytes[i + 2]);
            if ((blue, middle, red) == (23, 18, 15)) background++;
            else if (middle < red && red < blue) violet++;
            else if (middle > red && middle > blue) green++;
            colors.Add(blue << 16 | middle << 8 | red);
        }
        // A third of the picture is the cube, and it shows dark and bright values in many steps.
        int all = picture.Width * picture.Height;
        Assert.InRange(background, all / 2, all * 9 / 10);
        Assert.True(violet > all / 100 && green > all / 100 && colors.Count > 100, $"{violet} violet, {green} green, {colors.Count} colors");
    }
}
