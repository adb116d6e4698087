using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The gradient of a convolution with respect to its input: from the gradient of its output (N,K,...), its weights and its input, of
/// which only the shape is read (a stride leaves the input's extents open). dL/dx = W-hat * delta-hat: the mirrored kernels over the
/// padded gradient (Klambauer, Deep Learning and Neural Networks I, unit 6, "Derivative w.r.t. inputs").
/// </summary>
internal sealed record Conv2dInputGradient(Window Window, int Groups = 1) : Conv2dGradient(Window, Groups)
{
    private protected override (int X, int Weights) Places => (2, 1);

    public override bool ReadsShapeOnly(int input) => input == 2;

    public override void Infer(InferCall call)
    {
        Extents(call);
        call.Output(0, ElementType.Float32, call.Shape(2));
    }

    public override CpuStep Prepare(CpuCall call) =>
        TransposedConvolution.Prepare(call, Forward(call.Infer(), call.Output(0).Format.Pitch, call.Input(0).Format.Pitch));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        TransposedConvolution.Shaders(call, Forward(call.Infer(), call.Output(0).Format.Pitch, call.Input(0).Format.Pitch));
}
