using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

internal abstract partial record SoftmaxFamily
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        (int outer, int length, int inner) = Rows(x.Format.Shape);
        long count = (long)outer * inner;
        (int Rows, int Lanes) best = call.IsSoftware && (count >= 16 || length <= 64) ? (16, 1)
            : inner > 1 ? (32, 8)
            : length <= 32 ? (64, 1)
            : length <= 512 ? (4, 32)
            : (1, 256);
        return Shapes.OrderBy(shape => shape == best ? 0 : 1).Select(shape =>
            new ShaderBuilder("softmax.comp", $"{shape.Rows} x {shape.Lanes}").Bind(new Binding.Input(0)).Bind(new Binding.Output(0)).Define(
                ("ROWS", shape.Rows), ("LANES", shape.Lanes), ("COUNT", count), ("LENGTH", length), ("INNER", inner), ("LOGARITHM", Log ? 1 : 0),
                ("X_OFFSET", x.Offset), ("Y_OFFSET", y.Offset)).Over((count + shape.Rows - 1) / shape.Rows));
    }

    // Rows of a group and threads for each.
    private static readonly (int Rows, int Lanes)[] Shapes = [(16, 1), (32, 8), (64, 1), (4, 32), (1, 256)];
}
