using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>The first input's elements, in row-major order, in the shape of the second, which is read for its shape alone: the reverse of a reshape.</summary>
internal sealed record ReshapeLike : Op
{
    public override LayoutRule Layouts => LayoutRule.Reread;
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Shape(0).ElementCount != call.Shape(1).ElementCount)
            throw call.Error($"its input {call.Shape(0)} has not as many elements as {call.Shape(1)}");
        call.Output(0, call.Type(0), call.Shape(1));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new ReshapeLike(), call.OutputGradient(), call.Input(0));
    public override void Alias(AliasCall call) => call.View(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Reread(call);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.RereadShaders(call);
}
