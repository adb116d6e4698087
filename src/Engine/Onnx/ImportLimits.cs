namespace LiveCam.Engine.Onnx;

/// <summary>How much a file may ask for. All of it is checked before the memory is taken.</summary>
public sealed record ImportLimits
{
    public static ImportLimits Default { get; } = new();

    /// <summary>Bytes of the model file. Protobuf itself ends at 2 GB.</summary>
    public long MaxBytes { get; init; } = int.MaxValue;

    /// <summary>Bytes the model may take in memory while it is read, external weights included.</summary>
    public long MaxMemory { get; init; } = 4L << 30;

    public int MaxNodes { get; init; } = 100_000;

    /// <summary>Weights and tensor attributes.</summary>
    public int MaxTensors { get; init; } = 100_000;
}
