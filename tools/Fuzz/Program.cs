using System.Diagnostics;
using LiveCam.Tests.Trust.Fuzzing;

namespace LiveCam.Fuzz;

/// <summary>
/// Coverage-guided fuzzing in one process: SharpFuzz instruments the libraries, this loop keeps what reaches edges that nothing reached before, and changes that
/// further. <c>instrument FOLDER</c>, then <c>TARGET MINUTES FOUND</c>.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["instrument", var folder])
        {
            foreach (string library in (string[])["LiveCam.Engine.dll", "LiveCam.dll"])
                SharpFuzz.Fuzzer.Instrument(Path.Combine(folder, library), name => !name.StartsWith("LiveCam.Engine.Kernels", StringComparison.Ordinal), SharpFuzz.Options.Value);
            return 0;
        }
        if (args is not [var name, var minutes, var found])
        {
            Console.Error.WriteLine("fuzz TARGET MINUTES FOUND, or fuzz instrument FOLDER");
            return 2;
        }
        // Before anything instrumented runs.
        using var coverage = new Coverage();
        using var targets = new FuzzTargets();
        FuzzTarget[] chosen = [.. targets.All.Where(target => name == "all" || target.Name == name)];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine($"There is no target \"{name}\"; there are all, {string.Join(", ", targets.All.Select(target => target.Name))}.");
            return 2;
        }
        int faults = 0;
        foreach (FuzzTarget target in chosen) faults += Run(target, coverage, TimeSpan.FromMinutes(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture) / chosen.Length), found);
        return faults == 0 ? 0 : 1;
    }

    private static int Run(FuzzTarget target, Coverage coverage, TimeSpan time, string found)
    {
        Directory.CreateDirectory(found);
        coverage.Forget();
        List<byte[]> corpus = [.. target.Seeds];
        var faults = new HashSet<string>();
        var mutator = new Mutator(Environment.TickCount);
        long executions = 0, begun = Stopwatch.GetTimestamp(), told = begun;
        foreach (byte[] seed in corpus) Execute(seed);
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            byte[] input = mutator.Change(mutator.Choose(corpus), mutator.Choose(corpus));
            if (Execute(input)) corpus.Add(input);
            if (Stopwatch.GetElapsedTime(told).TotalSeconds < 30) continue;
            told = Stopwatch.GetTimestamp();
            Tell();
        }
        Tell();
        return faults.Count;

        // Whether it reached what nothing reached before.
        bool Execute(byte[] input)
        {
            executions++;
            long start = Stopwatch.GetTimestamp();
            string? fault = null;
            try
            {
                target.Read(input);
            }
            catch (Exception error)
            {
                // The same fault is one, however often it is found.
                if (!FuzzTargets.IsForeseen(error)) fault = $"{error.GetType().Name} at {error.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
            }
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 10) fault ??= "slow";
            if (fault is not null && faults.Add(fault))
            {
                string file = Path.Combine(found, $"{target.Name}-{faults.Count}.bin");
                File.WriteAllBytes(file, input);
                Console.WriteLine($"{target.Name}: {fault}; the input is {file}");
            }
            return coverage.TakeNew();
        }

        void Tell() => Console.WriteLine($"{target.Name}: {executions} executions, {coverage.Edges} edges, {corpus.Count} inputs kept, {faults.Count} faults");
    }
}
