using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tests;
using LiveCam.Reports;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Trust;

/// <summary>What has to end ends: with its reader, on Ctrl-C whatever is under way, and with a report of numbers that ran away.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class EndingTests : IDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LiveCam.dll");
        if (!OperatingSystem.IsLinux() || !File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json"))) throw Requirements.Missing("program", $"nothing to start at {program}");
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_ends_when_nobody_reads_its_results_any_more(bool json)
    {
        using Process process = Start(["run", "--headless", "--source", "pattern:64x48", .. json ? (string[])["--json"] : []]);
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        bool hasEnded = process.WaitForExit(Patience);
        if (!hasEnded) process.Kill();
        Assert.True(hasEnded, "it goes on without a reader");
        Assert.Equal(0, process.ExitCode);
    }

    // One run of it takes minutes, and no step of it asks whether to go on.
    [Fact]
    public void Ctrl_C_ends_work_that_cannot_be_interrupted()
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1500, 1500]), y = x;
        for (int i = 0; i < 400; i++) y = graph.Add(new MatMul(), y, x);
        graph.Output("y", y);
        OnnxExporter.Save(graph, scratch["long.onnx"]);
        using Process process = Start("bench", scratch["long.onnx"], "--runs", "1", "--threads", "1");
        // The note about the device comes before the plan and the first run.
        Assert.NotNull(process.StandardError.ReadLine());
        Assert.Equal(0, Signal(process.Id, Interrupt));
        bool hasEnded = process.WaitForExit(Patience);
        if (!hasEnded) process.Kill();
        Assert.True(hasEnded, "Ctrl-C did not end it");
    }

    [Theory]
    [InlineData(1e15, 1e15 + 4)]
    [InlineData(1e300, 1.7e308)]
    [InlineData(-1e18, 1e18)]
    [InlineData(1e16, 1e16)]
    [InlineData(0, 1e-300)]
    public void A_figure_of_any_numbers_has_a_few_ticks(double low, double high)
    {
        var html = new HtmlText();
        CurveFigure.Write(html, new CurveChart("loss", false, [new Curve("loss", [low, high])]));
        Assert.InRange(html.ToString().Split("class=\"axis\"").Length - 1, 1, 20);
    }

    [Fact]
    public void A_figure_of_no_numbers_is_drawn()
    {
        var html = new HtmlText();
        CurveFigure.Write(html, new CurveChart("loss", false, [new Curve("loss", [double.NaN, double.PositiveInfinity])]));
        Assert.Contains("</svg>", html.ToString());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
