using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The input laid side by side as often along each axis as the second input, one number per axis, says.</summary>
internal sealed record Tile : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        call.Output(0, call.Type(0), Tiled(call, call.Shape(0), repeats: 1));
    }

    /// <summary>The shape of the output; the repeats are the given input.</summary>
    internal static Shape Tiled(InferCall call, Shape x, int repeats)
    {
        long[] counts = call.KnownInts(repeats, "list of repeats");
        if (counts.Length != x.Rank)
            throw call.Error($"it has {counts.Length} repeats, but its input {x} has {x.Rank} axes");
        return Shape.FromLongs([.. counts.Zip(x, (repeat, extent) => repeat is >= 0 and <= int.MaxValue ? repeat * extent
            : throw call.Error($"a repeat of {repeat} is none"))]);
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new TileGradient(), call.OutputGradient(), call.Input(0), call.Input(1));
    }

    public override void Alias(AliasCall call)
    {
        if (call.InputInfo(0).Shape == call.OutputInfo(0).Shape)
            call.View(0, 0);
    }

    public override CpuStep Prepare(CpuCall call) =>
        call.Output(0).Format.Shape.ElementCount == 0 ? CpuStep.None : Movement.Copy(call.Input(0), call.Output(0), Nest(call.Input(0).Format, call.Output(0).Format));

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        return y.Format.Shape.ElementCount == 0 ? [Movement.Nothing] : Movement.CopyShaders(x, y, Nest(x.Format, y.Format));
    }

    /// <summary>Loops over tiles and over the elements within one, axis by axis.</summary>
    private static LoopNest Nest(MemoryFormat x, MemoryFormat y)
    {
        long[] from = x.Strides, to = y.Strides;
        return LoopNest.Over([.. y.AxisOrder.SelectMany(axis => new[] { y.Shape[axis] / x.Shape[axis], x.Shape[axis] })],
            [[.. y.AxisOrder.SelectMany(axis => new[] { to[axis] * x.Shape[axis], to[axis] })], [.. y.AxisOrder.SelectMany(axis => new[] { 0, from[axis] })]]);
    }
}
