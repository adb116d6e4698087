using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The mean of every channel over all spatial positions.</summary>
internal sealed partial record GlobalAveragePool : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;
    public override void Infer(InferCall call) => GlobalPooling.Infer(call);
    public override void Gradient(GradientCall call) => call[0] = call.Add(new ExpandLike(Mean: true), call.OutputGradient(), call.Input(0));
    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);
    public override CpuStep Prepare(CpuCall call) => GlobalPooling.Prepare(call, average: true);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => GlobalPooling.Shaders(call, ReductionKind.Mean);
}
