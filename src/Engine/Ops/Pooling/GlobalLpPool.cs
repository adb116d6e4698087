using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The p-norm of every channel over all spatial positions.</summary>
internal sealed record GlobalLpPool(int P = 2) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public static Op FromOnnx(OnnxNode node) => new GlobalLpPool(node.Int32("p", 2));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("p", P);

    public override void Infer(InferCall call)
    {
        GlobalPooling.Infer(call);
        PowerRules.Check(call, 0, P);
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new GlobalLpPoolGradient(P), call.OutputGradient(), call.Input(0));

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) =>
        RulePool.Prepare(call, RulePool.Whole(call.Input(0).Format.Shape, call.Input(0).Format.Pitch, call.Output(0).Format.Pitch), new PowerRule(P));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.Shaders(call, RulePool.Whole(call.Input(0).Format.Shape, call.Input(0).Format.Pitch, call.Output(0).Format.Pitch), "lp_pool.comp", PowerRules.Defines(P));
}

/// <summary>What a <see cref="GlobalLpPool"/> passes back. Inputs: dy, x.</summary>
internal sealed record GlobalLpPoolGradient(int P = 2) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape pooled = GlobalPooling.Pooled(call, input: 1);
        PowerRules.Check(call, 0, P);
        if (call.Shape(0) != pooled)
            throw call.Error($"the gradient of the output has shape {call.Shape(0)}, but the pooling's output has shape {pooled}");
        call.OutputLike(0, 1);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(1).ElementCount);

    public override CpuStep Prepare(CpuCall call) =>
        RulePool.PrepareGradient(call, RulePool.Whole(call.Output(0).Format.Shape, call.Output(0).Format.Pitch, call.Input(0).Format.Pitch), new PowerRule(P));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.GradientShaders(call, RulePool.Whole(call.Output(0).Format.Shape, call.Output(0).Format.Pitch, call.Input(0).Format.Pitch), "lp_pool_gradient.comp", PowerRules.Defines(P));
}
