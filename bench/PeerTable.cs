using System.Diagnostics;

namespace LiveCam.Bench;

/// <summary>Lets the engines take turns, a process each, pinned to the same cores; then tells how LiveCam compares.</summary>
/// <param name="folder">Networks go to its folder <c>networks</c>, every measurement is appended to <c>results.tsv</c>.</param>
/// <param name="seconds">How long a process measures, at least.</param>
internal sealed class PeerTable(string folder, double seconds)
{
    /// <summary>The compiled opencv.cpp; without it that engine is left out.</summary>
    public const string OpenCvVariable = "LIVECAM_BENCH_OPENCV";

    private static readonly string[] All = [Engines.LiveCam, Engines.OnnxRuntime, Engines.OpenCv];

    private readonly string? openCv = Environment.GetEnvironmentVariable(OpenCvVariable);

    public void Run(string[] networks, int[] threads, int rounds)
    {
        string[] engines = openCv is null ? All[..2] : All;
        var taken = new List<Measurement>[rounds];
        string log = Path.Combine(folder, "results.tsv");
        string[] models = Array.ConvertAll(networks, name => ZooFiles.Write(Path.Combine(folder, "networks"), name));
        for (int round = 0; round < rounds; round++)
        {
            taken[round] = [];
            foreach (int count in threads)
                foreach (string model in models)
                    foreach (string engine in engines)
                    {
                        if (Take(engine, model, count) is not { } measured) continue;
                        taken[round].Add(measured);
                        File.AppendAllText(log, $"{measured}\n");
                        Console.Error.WriteLine($"round {round + 1}  {measured}");
                    }
        }
        foreach (int count in threads) Print(networks, engines, count, taken);
    }

    private Measurement? Take(string engine, string model, int threads)
    {
        string network = Path.GetFileNameWithoutExtension(model);
        int[] shape = ZooFiles.Shape(network);
        // The last cores: the first one serves most interrupts.
        int last = Environment.ProcessorCount - 1;
        var start = new ProcessStartInfo("taskset", ["-c", threads == 1 ? $"{last}" : $"{Math.Max(0, last - threads + 1)}-{last}"]) { RedirectStandardOutput = true };
        string[] command = engine == Engines.OpenCv
            ? [openCv!, File.Exists(ZooFiles.OlderForm(model)) ? ZooFiles.OlderForm(model) : model, network, $"{threads}", $"{seconds}", .. shape.Select(extent => $"{extent}")]
            : [.. Self(), "measure", engine, model, "--threads", $"{threads}", "--seconds", $"{seconds}"];
        foreach (string argument in command) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return Measurement.Parse(line);
        Console.Error.WriteLine($"{engine} on {network} with {threads} threads: exit code {process.ExitCode}, left out.");
        return null;
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.ProcessPath!, "exec", typeof(PeerTable).Assembly.Location] : [Environment.ProcessPath!];

    private static void Print(string[] networks, string[] engines, int threads, List<Measurement>[] rounds)
    {
        Console.WriteLine($"\n{threads} thread{(threads == 1 ? "" : "s")}: lowest median of {rounds.Length} rounds (lowest single run), ms; LiveCam / ONNX Runtime round by round\n");
        Console.WriteLine($"| network | {string.Join(" | ", engines)} | ratio of medians by round | **middle** | ratio of minima |");
        Console.WriteLine($"|---|{string.Concat(engines.Select(_ => "---:|"))}---|---:|---:|");
        foreach (string network in networks)
        {
            string[] cells = Array.ConvertAll(engines, engine => Of(engine) is { Count: > 0 } m ? $"{Time(m.Min(x => x.Median))} ({Time(m.Min(x => x.Min))})" : "-");
            var pairs = rounds.Select(round => (Ours: Find(round, Engines.LiveCam), Theirs: Find(round, Engines.OnnxRuntime))).Where(pair => pair.Ours != null && pair.Theirs != null).ToList();
            if (pairs.Count == 0) continue;
            double[] ratios = [.. pairs.Select(pair => pair.Ours!.Median / pair.Theirs!.Median)];
            double minima = pairs.Min(pair => pair.Ours!.Min) / pairs.Min(pair => pair.Theirs!.Min);
            bool same = pairs.All(pair => pair.Ours!.Top == pair.Theirs!.Top && Math.Abs(pair.Ours.Check - pair.Theirs.Check) <= 1e-3 * Math.Max(1e-3, Math.Abs(pair.Theirs.Check)));
            Console.WriteLine($"| {network}{(same ? "" : " (answers differ!)")} | {string.Join(" | ", cells)} | {string.Join(" ", ratios.Select(x => $"{x:F2}"))} | **{Middle(ratios):F2}** | {minima:F2} |");

            List<Measurement> Of(string engine) => [.. rounds.Select(round => Find(round, engine)).OfType<Measurement>()];
            Measurement? Find(List<Measurement> round, string engine) => round.FirstOrDefault(m => m.Engine == engine && m.Network == network && m.Threads == threads);
        }
    }

    private static double Middle(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Time(double milliseconds) => milliseconds < 0.1 ? $"{milliseconds:F4}" : milliseconds < 10 ? $"{milliseconds:F2}" : $"{milliseconds:F1}";
}
