using System.Diagnostics;
using System.Text.Json;

namespace LiveCam.Engine.Tests.Onnx.Peers;

/// <summary>The checker of ONNX itself (Debian's python3-onnx), in one process for all files. Where it is missing tests skip (LIVECAM_REQUIRE "onnx" forbids it).</summary>
internal static class OnnxChecker
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>The complaint about each model by its name; null where there is none.</summary>
    public static IReadOnlyDictionary<string, string?> Check(IReadOnlyDictionary<string, byte[]> models)
    {
        // Debian's own interpreter has Debian's packages, whichever else is first on the path.
        string python = ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(name => Succeeds(name, "-c", "import onnx"))
            ?? throw Requirements.Missing("onnx", "no Python with ONNX's checker (Debian: python3-onnx)");
        string folder = Directory.CreateTempSubdirectory("livecam-peers-").FullName;
        try
        {
            foreach ((int index, byte[] model) in models.Values.Index())
                File.WriteAllBytes(Path.Combine(folder, $"{index}.onnx"), model);
            Start(python, Path.Combine(Requirements.Root, "tests", "Engine.Tests", "Onnx", "Peers", "check.py"), folder, $"{models.Count}");
            using JsonDocument said = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "checked.json")));
            return models.Keys.Zip(said.RootElement.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

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
