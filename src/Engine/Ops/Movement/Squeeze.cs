using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Leaves out axes of extent 1: those of the second input, or all.</summary>
internal sealed partial record Squeeze : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reread;

    public static Op FromOnnx(OnnxNode node)
    {
        Axes.AttributeToInput(node, 1);
        return new Squeeze();
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 2);
        Shape from = call.Shape(0);
        int[] axes = call.Has(1) ? Axes.Of(call, 1, from.Rank) : [.. Enumerable.Range(0, from.Rank).Where(i => from[i] == 1)];
        foreach (int axis in axes)
            if (from[axis] != 1)
                throw call.Error($"axis {axis} of its input {from} is {from[axis]}, but only axes of extent 1 can be left out");
        Shape to = Shape.Create([.. from.Where((_, i) => !axes.Contains(i))]);
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
