using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Inserts axes of extent 1 at the places (of the result) the second input names.</summary>
internal sealed partial record Unsqueeze : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reread;

    public static Op FromOnnx(OnnxNode node)
    {
        Axes.AttributeToInput(node, 1);
        return new Unsqueeze();
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape from = call.Shape(0);
        int rank = from.Rank + call.Shape(1).ElementCount;
        if (rank > Shape.MaxRank)
            throw call.Error($"its result would have {rank} axes, but at most {Shape.MaxRank} are supported");
        int[] axes = Axes.Of(call, 1, rank);
        var to = new int[rank];
        for (int i = 0, next = 0; i < rank; i++)
            to[i] = axes.Contains(i) ? 1 : from[next++];
        Shape shape = Shape.Create(to);
        call.Output(0, call.Type(0), shape, call.Known(0)?.Reshaped(shape));
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
