using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Kernels;

namespace LiveCam.Bench;

/// <summary>3x3 convolutions as defined and by both Winograd forms, in turns on one thread in one process: what the choice between them rests on.</summary>
/// <remarks>The sum of the least times of a convolution's work units is what a shared machine still tells.</remarks>
internal static unsafe class ConvolutionForms
{
    private const int Turns = 8, LeastRuns = 3;
    private const double TurnSeconds = 0.04;

    private static readonly (int Size, int C, int K)[] Layers =
    [
        (224, 64, 64), (112, 64, 128), (112, 128, 128), (56, 64, 64), (56, 64, 192), (56, 128, 256), (56, 256, 256), (56, 128, 32), (28, 128, 128), (28, 256, 512), (28, 512, 512),
        (28, 32, 128), (28, 128, 32), (28, 96, 128), (14, 64, 256), (14, 256, 256), (14, 512, 512), (14, 128, 32), (14, 112, 224), (7, 512, 512), (7, 128, 32), (7, 192, 384), (32, 16, 16), (16, 32, 32),
    ];

    public static void Run(int[] sizes, TextWriter output)
    {
        output.WriteLine($"{"",-18} {"direct",8} {"F(2,3)",8} {"F(4,3)",8} ms  {"direct",8} {"F(2,3)",8} {"F(4,3)",8} GFLOP/s of the definition  chosen");
        foreach ((int size, int c, int k) in Layers.Where(layer => sizes.Length == 0 || sizes.Contains(layer.Size)))
        {
            var g = new ConvGeometry
            {
                H = size, W = size, C = c, K = k, OutH = size, OutW = size, KernelH = 3, KernelW = 3, PadTop = 1, PadLeft = 1, InputPitch = c, OutputPitch = k,
            };
            double[] least = Least(g);
            double flop = 2.0 * g.OutputPixels * 9 * c * k;
            output.WriteLine($"{size,4} {$"{c} -> {k}",-13} {string.Join(" ", least.Select(time => $"{time * 1e3,8:F3}"))}     {string.Join(" ", least.Select(time => $"{flop / time / 1e9,8:F0}"))}"
                + $"                            {(WinogradConvolution.FormFor(g) is { } form ? $"F({form.Outputs},3)" : "direct")}");
        }
    }

    private static double[] Least(ConvGeometry g)
    {
        using var memory = new Memory();
        VectorWidth width = VectorWidths.Best;
        float* x = memory.Random((long)g.InputPixels * g.C), y = memory.Random((long)g.OutputPixels * g.K), weights = memory.Random((long)g.K * g.C * 9);
        var source = new ReadOnlySpan<float>(weights, g.K * g.C * 9);
        using var direct = new Convolution(g, width);
        float* packed = memory.Random(direct.PackedLength), bias = memory.Random(direct.PaddedBias), zeros = memory.Zeros(direct.ZeroFloats), scratch = memory.Zeros(direct.ScratchFloats);
        direct.Pack(source, packed);
        List<Phases> ways = [new(direct.Rows, row => direct.Run(row, row + 1, x, zeros, packed, bias, null, 0, y, Activation.Relu, scratch))];
        foreach (WinogradForm form in new[] { WinogradForm.Two, WinogradForm.Four })
        {
            var kernel = new WinogradConvolution(g, width, form);
            float* transformed = memory.Zeros(kernel.PackedLength), shared = memory.Zeros(kernel.SharedFloats), own = memory.Zeros(kernel.ScratchFloats);
            kernel.Pack(source, transformed);
            int before = kernel.TransformRows;
            ways.Add(new(before + kernel.Rows, row =>
            {
                if (row < before)
                    kernel.Transform(row, row + 1, x, shared);
                else
                    kernel.Run(row - before, row - before + 1, x, shared, transformed, bias, null, 0, y, Activation.Relu, own);
            }));
        }
        for (int turn = 0; turn < Turns; turn++)
            foreach (Phases way in ways)
                way.Measure();
        return [.. ways.Select(way => way.Seconds)];
    }

    /// <summary>The work units of one convolution, one after the other, and the least time of each.</summary>
    private sealed class Phases(int rows, Action<int> run)
    {
        private readonly double[] least = [.. Enumerable.Repeat(double.MaxValue, rows)];

        public double Seconds => least.Sum();

        public void Measure()
        {
            int runs = 0;
            for (long begin = Stopwatch.GetTimestamp(); runs < LeastRuns || Stopwatch.GetElapsedTime(begin).TotalSeconds < TurnSeconds; runs++)
                for (int row = 0; row < least.Length; row++)
                {
                    long start = Stopwatch.GetTimestamp();
                    run(row);
                    least[row] = Math.Min(least[row], Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
        }
    }

    /// <summary>Aligned floats, freed together.</summary>
    private sealed class Memory : IDisposable
    {
        private readonly List<nint> taken = [];

        public float* Zeros(long floats)
        {
            void* memory = NativeMemory.AlignedAlloc((nuint)(floats + 16) * sizeof(float), 64);
            NativeMemory.Clear(memory, (nuint)(floats + 16) * sizeof(float));
            taken.Add((nint)memory);
            return (float*)memory;
        }

        public float* Random(long floats)
        {
            float* memory = Zeros(floats);
            Measurement.Picture((int)floats).CopyTo(new Span<float>(memory, (int)floats));
            return memory;
        }

        public void Dispose()
        {
            foreach (nint memory in taken)
                NativeMemory.AlignedFree((void*)memory);
        }
    }
}
