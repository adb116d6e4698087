using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What a <see cref="Resize"/> passes back: along every axis the transposed weights. Inputs: dy, then those of the resizing (of x the
/// shape alone).
/// </summary>
internal sealed record ResizeGradient(Resize Forward) : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 5);
        Shape x = call.Shape(1), y = x;
        foreach (Resize.Change change in Forward.Changes(call, x, shift: 1))
            y = y.With(change.Axis, change.Output);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != y)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {y}");
        call.Output(0, ElementType.Float32, x);
    }

    public override Cost Cost(InferCall call) => new(4L * call.Shape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) => AxisStages.Prepare(call, [.. Stages(call.Infer(), call.InputInfo(1).Shape)]);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        AxisStages.Shaders(call, [.. Stages(call.Infer(), call.InputInfo(1).Shape)], call.Has(Resize.Sizes + 1) ? Resize.Sizes + 1 : Resize.Scales + 1,
            $"{this} of {call.InputInfo(1).Shape} to {call.InputInfo(0).Shape}");

    private IEnumerable<AxisStages.Stage> Stages(InferCall call, Shape x) => Forward.Stages(call, x, shift: 1).Reverse()
        .Select(stage => new AxisStages.Stage(stage.Axis, stage.Weights.Transposed(x[stage.Axis])));
}
