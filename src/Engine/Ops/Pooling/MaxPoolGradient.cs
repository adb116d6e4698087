using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The gradient of a max pooling with respect to its input, from the gradient of its output and the input: each window passes its
/// gradient to its largest element, the first in scan order where several are equal.
/// </summary>
internal sealed record MaxPoolGradient(Window Window) : WindowPoolingGradient(Window)
{
    public override CpuStep Prepare(CpuCall call) => Prepare(call, average: false, countPadding: false);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Shaders(call, average: false, countPadding: false);
}
