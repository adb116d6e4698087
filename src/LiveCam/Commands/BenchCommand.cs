using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam bench MODEL</c>: how long one run takes; with <c>--teaching</c>, how well the network teaches (<see cref="TeachingBench"/>), with <c>--training</c> what learning costs the loop (<see cref="TrainingBench"/>).</summary>
internal static class BenchCommand
{
    private const int WarmUpMilliseconds = 500, LeastWarmUpRuns = 3, MostLayerRuns = 20;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("bench", "Measure how long one run of a network takes");
        var model = new Argument<string>("MODEL") { Description = "An ONNX file, or zoo:NAME" };
        var runs = new Option<int>("--runs") { Description = "How many runs to measure", DefaultValueFactory = _ => 50 };
        runs.Validators.Add(result => Numbers.Within(result, 1, 1_000_000));
        var layers = new Option<bool>("--layers") { Description = "The time of every layer, too" };
        var teaching = new Option<string?>("--teaching") { Description = "Instead: how well 20 frames of each video in FOLDER/videos teach, beside FOLDER/photos", HelpName = "FOLDER" };
        var training = new Option<bool>("--training") { Description = "Instead: what learning beside the picture costs the loop, five rounds with and without; with --device gl in a window, steps of fine-tuning in its slices too" };
        Option<bool> json = Numbers.Json();
        command.Add(model);
        var zoo = new ZooOption(command);
        var device = new DeviceOptions(command);
        command.Add(runs);
        command.Add(layers);
        command.Add(teaching);
        command.Add(training);
        command.Add(json);
        command.SetAction(parse =>
        {
            string path = zoo.FileOf(parse.GetValue(model)!, parse, terminal);
            if (parse.GetValue(teaching) is { } folder)
            {
                using Device teacher = device.Open(parse, terminal);
                TeachingBench.Run(path, folder, teacher, parse.GetValue(json), terminal);
                return CommandLine.Fine;
            }
            if (parse.GetValue(training))
            {
                TrainingBench.Run(path, device.Kind(parse) == "gl", parse.GetValue(json), terminal);
                return CommandLine.Fine;
            }
            List<(string, Tensor)> inputs = ModelInputs.Seeded(OnnxImporter.Import(path), path);
            using Device on = device.Open(parse, terminal);
            using Plan plan = ModelInputs.Compile(path, on, inputs, new CompileOptions()).Plan;
            Run(path, on, plan, parse.GetValue(runs), parse.GetValue(layers), parse.GetValue(json), terminal);
            return CommandLine.Fine;
        });
        return command;
    }

    private static void Run(string model, Device device, Plan plan, int runs, bool layers, bool json, Terminal terminal)
    {
        WarmUp(plan, terminal.Stop);
        var times = new double[runs];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < runs; i++)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            times[i] = RunOnce(plan);
        }
        long allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / runs;
        double median = Statistics.Median(times), gflop = plan.Steps.Sum(step => step.Flop) / 1e9;
        int threads = device is CpuDevice cpu ? cpu.Threads : 0;
        double[] layerTimes = layers ? LayerTimes(plan, Math.Min(runs, MostLayerRuns), terminal.Stop) : [];
        if (json)
        {
            var line = new JsonLine(terminal.Output);
            Utf8JsonWriter writer = line.Begin();
            writer.WriteString("model", model);
            writer.WriteString("device", device.Kind);
            writer.WriteNumber("threads", threads);
            writer.WriteNumber("runs", runs);
            writer.WriteRounded("median_ms", median, 4);
            writer.WriteRounded("min_ms", times.Min(), 4);
            writer.WriteRounded("p99_ms", Statistics.Quantile(times, 0.99), 4);
            writer.WriteRounded("gflop", gflop, 6);
            writer.WriteRounded("gflops", gflop / median * 1e3);
            writer.WriteNumber("allocated_bytes_per_run", allocated);
            if (layers) WriteLayers(writer, plan, layerTimes);
            line.End();
            return;
        }
        if (layers)
        {
            var table = new TextTable("layer", "operator", "kernel", "output", ">MFLOP", ">ms", ">GFLOP/s");
            for (int i = 0; i < layerTimes.Length; i++)
            {
                PlanStep step = plan.Steps[i];
                table.Add(step.Name, step.Op, step.Kernel, step.Shape.ToString(), $"{step.Flop / 1e6:N2}", $"{layerTimes[i]:F4}",
                    step.Flop > 0 ? $"{step.Flop / layerTimes[i] / 1e6:N1}" : "");
            }
            table.Write(terminal.Output);
            terminal.Output.WriteLine();
        }
        terminal.Output.WriteLine($"model      {model}");
        terminal.Output.WriteLine($"device     {device.Description}");
        terminal.Output.WriteLine($"runs       {runs}");
        terminal.Output.WriteLine($"median     {median:F3} ms");
        terminal.Output.WriteLine($"min        {times.Min():F3} ms");
        terminal.Output.WriteLine($"p99        {Statistics.Quantile(times, 0.99):F3} ms");
        terminal.Output.WriteLine($"work       {gflop:F3} GFLOP, {gflop / median * 1e3:F1} GFLOP/s");
        terminal.Output.WriteLine($"allocated  {allocated} bytes a run");
        if (plan.HostOps > 0) terminal.Output.WriteLine($"on host    {plan.HostOps} steps");
    }

    private static void WriteLayers(Utf8JsonWriter json, Plan plan, double[] times)
    {
        json.WriteStartArray("layers");
        for (int i = 0; i < times.Length; i++)
        {
            PlanStep step = plan.Steps[i];
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteString("op", step.Op);
            json.WriteString("kernel", step.Kernel);
            json.WriteStartArray("shape");
            foreach (int extent in step.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteRounded("mflop", step.Flop / 1e6, 6);
            json.WriteRounded("ms", times[i], 5);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Runs until the code is compiled and the clocks are up.</summary>
    private static void WarmUp(Plan plan, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < LeastWarmUpRuns || Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMilliseconds; i++)
        {
            stop.ThrowIfCancellationRequested();
            RunOnce(plan);
        }
    }

    private static double RunOnce(Plan plan)
    {
        long start = Stopwatch.GetTimestamp();
        plan.Run();
        if (plan is GlPlan gl) gl.Finish();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double[] LayerTimes(Plan plan, int runs, CancellationToken stop)
    {
        var measured = new List<double>[plan.Steps.Count];
        for (int i = 0; i < measured.Length; i++) measured[i] = [];
        for (int run = 0; run < runs; run++)
        {
            stop.ThrowIfCancellationRequested();
            plan.Measure();
            for (int i = 0; i < measured.Length; i++) measured[i].Add(plan.StepMilliseconds[i]);
        }
        return Array.ConvertAll(measured, Statistics.Median);
    }
}
