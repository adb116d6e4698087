using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The mean of the <paramref name="N"/> largest values of each window (N-max pooling; Klambauer, Deep Learning and Neural Networks I, unit
/// on convolutional networks): 1 is max pooling, as many as the window has average pooling. ONNX has no such operator.
/// </summary>
internal sealed record NMaxPool(Window Window, int N) : WindowPooling(Window)
{
    public override void Infer(InferCall call)
    {
        Window.Extents extents = Extents(call);
        if (call.Type(0) != ElementType.Float32 || N < 1)
            throw call.Error($"it takes the {N} largest values of {call.Type(0)}, but 1 and more of Float32 are expected");
        call.Output(0, ElementType.Float32, extents.Output(call.Shape(0)[0], call.Shape(0)[1]));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new NMaxPoolGradient(Window, N), call.OutputGradient(), call.Input(0));

    public override CpuStep Prepare(CpuCall call) =>
        RulePool.Prepare(call, Geometry(call.Infer(), call.Input(0).Format, call.Output(0).Format, countPadding: false), new LargestRule(N));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.Shaders(call, Geometry(call.Infer(), call.Input(0).Format, call.Output(0).Format, countPadding: false), "n_max_pool.comp", ("MOST", StridedShader.Text(Math.Min(N, Extents(call.Infer()).Taps))));
}

/// <summary>What an <see cref="NMaxPool"/> passes back: an equal share to each of the largest. Inputs: dy, x.</summary>
internal sealed record NMaxPoolGradient(Window Window, int N) : WindowPoolingGradient(Window)
{
    public override CpuStep Prepare(CpuCall call) =>
        RulePool.PrepareGradient(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format, countPadding: false), new LargestRule(N));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.GradientShaders(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format, countPadding: false), "n_max_pool_gradient.comp", ("MOST", StridedShader.Text(N)));
}
