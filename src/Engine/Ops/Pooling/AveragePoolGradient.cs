using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The gradient of an average pooling with respect to its input, from the gradient of its output and the input, of which only the shape
/// is read: each window passes an equal share to every element that it counted.
/// </summary>
internal sealed record AveragePoolGradient(Window Window, bool CountIncludePad = false) : WindowPoolingGradient(Window)
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override CpuStep Prepare(CpuCall call) => Prepare(call, average: true, CountIncludePad);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Shaders(call, average: true, CountIncludePad);
}
