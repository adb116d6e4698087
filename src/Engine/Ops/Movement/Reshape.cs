using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The same elements in row-major order under the shape of the second input: 0 keeps an extent, -1 is found. A view where the
/// input is dense.
/// </summary>
/// <param name="AllowZero">Whether 0 means an extent of 0 (operator set 14).</param>
internal sealed partial record Reshape(bool AllowZero = false) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reread;

    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Ints("shape") is { } shape && node.InputCount < 2)
            node.SetInput(1, Tensor.Of<long>([shape.Length], shape));
        return new Reshape(node.Int("allowzero", 0) != 0);
    }

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("allowzero", AllowZero);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape from = call.Shape(0);
        long[] wanted = call.KnownInts(1, "target shape");
        int open = -1;
        long count = 1;
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == 0 && !AllowZero)
                wanted[i] = i < from.Rank ? from[i] : throw call.Error($"its target shape keeps axis {i}, but its input {from} has rank {from.Rank}");
            if (wanted[i] == -1 && open < 0)
                open = i;
            else if (wanted[i] < 0 || wanted[i] > int.MaxValue || (count *= Math.Max(1, wanted[i])) > int.MaxValue)
                throw call.Error($"its target shape {string.Join('x', wanted)} is no shape");
        }
        if (wanted.Contains(0))
            count = 0;
        if (open >= 0)
            wanted[open] = count > 0 && from.ElementCount % count == 0 ? from.ElementCount / count
                : throw call.Error($"its input {from} cannot be given the shape {string.Join('x', wanted)}");
        Shape to = Shape.FromLongs(wanted);
        if (to.ElementCount != from.ElementCount)
            throw call.Error($"its input {from} has {from.ElementCount} elements, but its target shape {to} has {to.ElementCount}");
        call.Output(0, call.Type(0), to, call.Known(0)?.Reshaped(to));
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new ReshapeLike(), call.OutputGradient(), call.Input(0));
    }

    public override void Alias(AliasCall call) => call.View(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Reread(call);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.RereadShaders(call);
}
