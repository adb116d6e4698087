using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a convolution with respect to its input, as one stride-1 convolution per phase of the strides
/// (<see cref="GradientPhase"/>). Built once per geometry; any range of rows gives the same bits.
/// </summary>
internal sealed unsafe class ConvolutionInputGradient : IDisposable
{
    // Places of pixels that are cleared together.
    private const int LeastScratch = 64;

    private readonly ConvGeometry g;
    private readonly GradientPhase[] phases, empty;
    private readonly Convolution[] kernels;
    private readonly int[][] tapOffsets;
    private readonly int kernelRows;

    /// <param name="forward">The forward convolution: the gradient of its output is read, that of its input written.</param>
    public ConvolutionInputGradient(in ConvGeometry forward, VectorWidth width)
    {
        g = forward;
        ConvGeometry source = forward;
        GradientPhase[] all = [.. GradientPhase.Of(forward)];
        phases = [.. all.Where(phase => !phase.IsEmpty)];
        empty = [.. all.Where(phase => phase.IsEmpty)];
        kernels = Array.ConvertAll(phases, phase => new Convolution(phase.Geometry(source), width, phase.Grid(source)));
        tapOffsets = Array.ConvertAll(phases, phase => phase.Taps(source));
        kernelRows = kernels.Sum(kernel => kernel.Rows);
        Rows = kernelRows + (empty.Length > 0 ? g.N : 0);
        PackedLength = kernels.Sum(kernel => Aligned(kernel.PackedLength));
        PaddedBias = kernels.Select(kernel => kernel.PaddedBias).DefaultIfEmpty().Max();
        ScratchFloats = Math.Max(LeastScratch, kernels.Select(kernel => kernel.ScratchFloats).DefaultIfEmpty().Max());
        ZeroFloats = kernels.Select(kernel => kernel.ZeroFloats).DefaultIfEmpty().Max();
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Which taps are packed in which order: equal for geometries that can share their packed weights.</summary>
    public string Form => string.Join('|', tapOffsets.Select(taps => string.Join(',', taps)));

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength { get; }

    /// <summary>Zeros that <see cref="Run"/> needs where a forward convolution has its bias.</summary>
    public long PaddedBias { get; }

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    /// <summary>Floats that must be zero behind the zero row's address.</summary>
    public int ZeroFloats { get; }

    public override string ToString() => kernels.Length == 0 ? "zeros" : kernels.Length == 1 ? $"{kernels[0]}" : $"{kernels.Length} phases, {kernels[0]}";

    /// <summary>Packs the forward weights, dense [K][C / Groups][KernelD][KernelH][KernelW].</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        if (weights.Length != (long)g.K * g.GroupC * g.Taps)
            throw new ArgumentException($"{weights.Length} weights given, {g.K}x{g.GroupC}x{g.KernelD}x{g.KernelH}x{g.KernelW} expected.", nameof(weights));
        fixed (float* source = weights)
            for (int i = 0; i < kernels.Length; packed += Aligned(kernels[i].PackedLength), i++)
                kernels[i].Pack(source, g.Taps, (long)g.GroupC * g.Taps, tapOffsets[i], packed);
    }

    /// <summary>inputGradient = the sum over all taps that reach a pixel, for a range of rows. Allocates nothing.</summary>
    /// <param name="outputGradient">First pixel of the first image; lanes beyond K may hold anything.</param>
    /// <param name="zeros">At least <see cref="ZeroFloats"/> and <see cref="PaddedBias"/> zeros.</param>
    /// <param name="inputGradient">Lanes beyond C are not touched.</param>
    public void Run(int begin, int end, float* outputGradient, float* zeros, float* packed, float* inputGradient, float* scratch)
    {
        int first = 0;
        for (int i = 0; i < kernels.Length; i++)
        {
            int from = Math.Max(begin, first) - first, to = Math.Min(end, first + kernels[i].Rows) - first;
            if (from < to)
                kernels[i].Run(from, to, outputGradient, zeros, packed, zeros, null, 0, inputGradient, Activation.None, scratch);
            first += kernels[i].Rows;
            packed += Aligned(kernels[i].PackedLength);
        }
        for (int n = Math.Max(begin, kernelRows) - kernelRows; n < end - kernelRows; n++)
            Clear(n, inputGradient, (int*)scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Clear(int image, float* inputGradient, int* places)
    {
        foreach (GradientPhase phase in empty)
        {
            OutputGrid grid = phase.Grid(g);
            for (int p = 0; p < phase.Pixels; p += LeastScratch)
            {
                int count = Math.Min(LeastScratch, phase.Pixels - p);
                grid.Fill(image * phase.Pixels + p, count, places);
                for (int i = 0; i < count; i++)
                    new Span<float>(inputGradient + (long)places[i] * g.InputPitch, g.C).Clear();
            }
        }
    }

    // Panels begin on cache lines.
    private static long Aligned(long floats) => (floats + 15) / 16 * 16;

    public void Dispose()
    {
        foreach (Convolution kernel in kernels)
            kernel.Dispose();
    }
}
