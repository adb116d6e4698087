using System.Diagnostics;
using System.Globalization;

namespace LiveCam.Bench;

/// <summary>The times of one engine on one network in one process, in milliseconds a run, and what it answered.</summary>
/// <param name="Top">The class with the highest probability.</param>
/// <param name="Check">A weighted sum of the probabilities: the same for engines that compute the same.</param>
internal sealed record Measurement(string Engine, string Network, int Threads, int Runs, double Min, double Median, double P90, int Top, double Check)
{
    private const int WarmUps = 5, LeastRuns = 25, MostRuns = 200_000;

    /// <summary>Warms up (5 runs and half a second), then runs at least 25 times and for the given time.</summary>
    /// <param name="run">One inference; the output stays readable until the next.</param>
    public static Measurement Take(string engine, string network, int threads, double seconds, Action run, Func<float[]> output)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < WarmUps || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5; i++) run();
        var times = new List<double>(MostRuns);
        start = Stopwatch.GetTimestamp();
        while (times.Count < LeastRuns || (times.Count < MostRuns && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds))
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        times.Sort();
        float[] answer = output();
        double check = 0;
        for (int i = 0; i < answer.Length; i++) check += (double)answer[i] * (i % 17 - 8);
        return new(engine, network, threads, times.Count, times[0], times[times.Count / 2], times[times.Count * 9 / 10], Array.IndexOf(answer, answer.Max()), check);
    }

    /// <summary>The picture every engine sees: evenly spread over -1..1, the same in the C++ program.</summary>
    public static float[] Picture(int length)
    {
        var values = new float[length];
        for (int i = 0; i < length; i++) values[i] = ((uint)i * 2654435761u >> 8) / 8388608f - 1;
        return values;
    }

    /// <summary>One line, fields parted by tabs; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Engine}\t{Network}\t{Threads}\t{Runs}\t{Min:F5}\t{Median:F5}\t{P90:F5}\t{Top}\t{Check:G6}");

    public static Measurement Parse(string line)
    {
        string[] fields = line.Trim().Split('\t');
        return new(fields[0], fields[1], int.Parse(fields[2]), int.Parse(fields[3]), Number(4), Number(5), Number(6), int.Parse(fields[7]), Number(8));

        double Number(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
