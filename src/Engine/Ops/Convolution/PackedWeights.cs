using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Weights in the form a kernel reads.</summary>
internal static unsafe class PackedWeights
{
    /// <summary>Rearranges dense weights into the form a kernel reads.</summary>
    public delegate void PackSpan(ReadOnlySpan<float> weights, float* packed);

    /// <summary>A parameter packed once per version, or a computed value packed in every run before the kernel.</summary>
    /// <param name="step">What has to run before the kernel; grows by the packing of a computed value.</param>
    public static Operand Of(CpuCall call, int input, string form, long floats, PackSpan pack, ref CpuStep? step)
    {
        if (call.Parameter(input) is not null)
            return call.Derived(input, form, floats, (tensor, packed) => pack(tensor.Span<float>(), packed));
        Operand source = call.Input(input), target = call.Workspace(floats);
        int count = source.Format.Shape.ElementCount;
        CpuStep now = CpuStep.Of(1, (_, _, _) => pack(new ReadOnlySpan<float>(source.Floats, count), target.Floats), "pack");
        step = step is null ? now : CpuStep.InTurn([step, now]);
        return target;
    }
}
