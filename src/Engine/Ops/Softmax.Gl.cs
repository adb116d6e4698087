using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

public abstract partial record SoftmaxFamily
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Form.Shape.ElementCount == 0)
            return [Movement.Nothing];
        (int outer, int length, int inner) = Rows(x.Form.Shape);
        long count = (long)outer * inner;
        (int rows, int lanes) = call.IsSoftware && (count >= 16 || length <= 64) ? (16, 1)
            : inner > 1 ? (32, 8)
            : length <= 32 ? (64, 1)
            : length <= 512 ? (4, 32)
            : (1, 256);
        return [new ShaderBuilder("softmax.comp", $"{rows} x {lanes}").Bind(new Binding.Input(0)).Bind(new Binding.Output(0)).Define(
            ("ROWS", rows), ("LANES", lanes), ("COUNT", count), ("LENGTH", length), ("INNER", inner), ("LOGARITHM", Log ? 1 : 0),
            ("X_OFFSET", x.Offset), ("Y_OFFSET", y.Offset)).Over((count + rows - 1) / rows)];
    }
}
