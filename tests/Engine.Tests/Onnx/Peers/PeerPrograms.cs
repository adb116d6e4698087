using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx.Peers;

/// <summary>
/// Two programs that are not ours look at everything that can be exported, in one process each: the checker of ONNX (Debian's
/// python3-onnx) and ONNX Runtime (npm's onnxruntime-node). Missing ones skip (LIVECAM_REQUIRE "onnx" forbids it).
/// </summary>
internal static class PeerPrograms
{
    private const string Need = "onnx";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>What ONNX Runtime made of one model.</summary>
    public sealed record Ran(string? Error, IReadOnlyDictionary<string, Tensor> Outputs);

    private static readonly Lazy<(Dictionary<string, string?>? Checked, Dictionary<string, Ran>? Ran)> Once = new(RunBoth);

    /// <summary>The complaint of ONNX's checker by the name of the subject; null where it has none.</summary>
    public static IReadOnlyDictionary<string, string?> Checked =>
        Once.Value.Checked ?? throw Requirements.Missing(Need, "no Python with ONNX's checker (Debian: python3-onnx)");

    public static IReadOnlyDictionary<string, Ran> RanInOnnxRuntime => Once.Value.Ran ?? throw Requirements.Missing(
        Need, $"no ONNX Runtime at {Module} (npm install --prefix .build/onnxruntime --ignore-scripts onnxruntime-node), or no node to run it");

    private static string Scripts => Path.Combine(Requirements.Root, "tests", "Engine.Tests", "Onnx", "Peers");
    private static string Module => Path.Combine(Requirements.Root, ".build", "onnxruntime", "node_modules", "onnxruntime-node");

    private static (Dictionary<string, string?>?, Dictionary<string, Ran>?) RunBoth()
    {
        // Debian's own interpreter has Debian's packages, whichever else is first on the path.
        string? python = ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(name => Succeeds(name, "-c", "import onnx"));
        bool hasRuntime = Directory.Exists(Module) && Succeeds("node", "--version");
        if (python is null && !hasRuntime)
            return (null, null);
        string folder = Directory.CreateTempSubdirectory("livecam-peers-").FullName;
        try
        {
            List<string> names = Write(folder);
            return (python is null ? null : Check(python, folder, names), hasRuntime ? Run(folder, names) : null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> Check(string python, string folder, List<string> names)
    {
        Start(python, Path.Combine(Scripts, "check.py"), folder);
        using JsonDocument said = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "checked.json")));
        return names.Zip(said.RootElement.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.GetString());
    }

    private static Dictionary<string, Ran> Run(string folder, List<string> names)
    {
        Start("node", Path.Combine(Scripts, "run.cjs"), Module, folder);
        using JsonDocument ran = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "ran.json")));
        return names.Zip(ran.RootElement.EnumerateArray()).ToDictionary(pair => pair.First, pair => new Ran(
            pair.Second.GetProperty("error").GetString(),
            pair.Second.GetProperty("outputs").EnumerateArray().ToDictionary(output => output.GetProperty("name").GetString()!, output => Read(folder, output))));
    }

    /// <summary>Exports what can be exported into a folder, with contents for the inputs and a manifest; the names in its order.</summary>
    private static List<string> Write(string folder)
    {
        var names = new List<string>();
        using FileStream file = File.Create(Path.Combine(folder, "manifest.json"));
        using var json = new Utf8JsonWriter(file);
        json.WriteStartArray();
        foreach (string name in (IEnumerable<string>)[.. Exported.Operators, .. Exported.Networks, .. Exported.Models])
        {
            Exported subject;
            byte[] bytes;
            try
            {
                subject = Exported.Of(name);
                bytes = OnnxExporter.Export(subject.Graph);
            }
            catch (Exception left) when (left is LiveCamException || left.Message.StartsWith(SkippingFramework.Token, StringComparison.Ordinal))
            {
                // What ONNX cannot say (RoundTripTests knows what that may be), and shared data that is not there.
                continue;
            }
            int index = names.Count;
            names.Add(name);
            File.WriteAllBytes(Path.Combine(folder, $"{index}.onnx"), bytes);
            json.WriteStartObject();
            json.WriteString("file", $"{index}.onnx");
            json.WriteStartArray("inputs");
            for (int i = 0; i < subject.Inputs.Count; i++)
            {
                (string input, Tensor value) = subject.Inputs[i];
                File.WriteAllBytes(Path.Combine(folder, $"{index}.input{i}"), value.Bytes.ToArray());
                json.WriteStartObject();
                json.WriteString("name", input);
                json.WriteString("type", value.Type.ToString().ToLowerInvariant());
                json.WriteStartArray("dims");
                foreach (int extent in value.Shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteString("file", $"{index}.input{i}");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return names;
    }

    private static Tensor Read(string folder, JsonElement output) => new(
        Enum.Parse<ElementType>(output.GetProperty("type").GetString()!, ignoreCase: true),
        Shape.FromLongs([.. output.GetProperty("dims").EnumerateArray().Select(extent => extent.GetInt64())]),
        File.ReadAllBytes(Path.Combine(folder, output.GetProperty("file").GetString()!)));

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            Start(program, arguments);
            return true;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} was still running after {Longest.TotalMinutes} minutes.");
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.Result} {output.Result}");
    }
}
