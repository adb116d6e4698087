namespace LiveCam.Engine.Planning;

/// <summary>Owns memory and turns a schedule into a plan. It knows no concrete operation.</summary>
public abstract class Device : IDisposable
{
    /// <summary><c>cpu</c> or <c>gl</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What a person reads: <c>CPU, 2 threads, 512-bit vectors</c>, or the renderer's name.</summary>
    public abstract string Description { get; }

    /// <exception cref="LiveCamException">The plan needs more memory than <paramref name="memoryLimit"/> bytes, or a step fits no kernel.</exception>
    public abstract Plan Plan(LoweredGraph schedule, long memoryLimit);

    public abstract void Dispose();
}
