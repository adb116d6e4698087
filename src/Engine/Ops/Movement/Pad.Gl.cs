using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Pad
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        float value = Mode == PadMode.Constant && call.Has(2) ? call.InputInfo(2).Known!.Span<float>()[0] : 0;
        if (x.Format.Shape.ElementCount == 0)
            return [StridedShader.Call("fill.comp", LoopNest.Over(y.Format), [new("Y", 0, y.Offset)], [new Binding.Output(0)], ("VALUE", StridedShader.Text(value)))];
        (int[] begins, _) = Pads(call.Infer(), x.Format.Shape.Rank);
        long[] from = x.Format.Strides, to = y.Format.Strides;
        IEnumerable<string> axes = y.Format.AxisOrder.Reverse().Select(axis =>
            $"AXIS({y.Format.Shape[axis]}, {x.Format.Shape[axis]}, {begins[axis]}, {from[axis]}, {to[axis]})");
        return [new ShaderBuilder("pad.comp", "plain").Bind(new Binding.Input(0)).Bind(new Binding.Output(0))
            .Define(("MODE", (int)Mode), ("COUNT", y.Format.Shape.ElementCount), ("X_OFFSET", x.Offset), ("Y_OFFSET", y.Offset))
            .Define("VALUE", StridedShader.Text(value)).Define("AXES", string.Join(' ', axes)).OverThreads(y.Format.Shape.ElementCount, 64)];
    }
}
