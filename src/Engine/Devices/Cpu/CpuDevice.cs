using LiveCam.Engine.Kernels;
using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>Runs plans on the processor with the widest vectors it has, on a fixed number of threads.</summary>
public sealed class CpuDevice : Device
{
    private readonly Lock running = new();

    internal WorkerTeam Team { get; }
    internal ParameterCache Parameters { get; } = new();

    /// <summary>Widest vectors its kernels use.</summary>
    public VectorWidth Width { get; }

    /// <summary>Whether all its plans are as <see cref="CompileOptions.Exact"/> makes them.</summary>
    public bool Exact { get; init; }

    public int Threads => Team.Count;
    public override string Kind => "cpu";
    public override string Description =>
        $"CPU, {Threads} thread{(Threads == 1 ? "" : "s")}, {(Width == VectorWidth.Scalar ? "scalar" : $"{(int)Width * 32}-bit vectors")}";

    /// <param name="threads">0 takes all processors.</param>
    /// <param name="width">Null takes the widest; tests pass narrower ones.</param>
    public CpuDevice(int threads = 0, VectorWidth? width = null)
    {
        if (threads is < 0 or > 256)
            throw new LiveCamException($"A CPU device cannot have {threads} threads: give 1 to 256, or 0 for one per processor.");
        Team = new WorkerTeam(threads == 0 ? Environment.ProcessorCount : threads);
        Width = width ?? VectorWidths.Best;
    }

    public override Plan Plan(LoweredGraph schedule, long memoryLimit) => new CpuPlan(this, schedule, memoryLimit);

    /// <summary>Plans of one device share its threads: one runs at a time.</summary>
    internal Lock Running => running;

    public override void Dispose() => Team.Dispose();
}
