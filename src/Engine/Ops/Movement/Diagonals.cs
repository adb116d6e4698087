using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of diagonal.comp: of each row-major matrix the elements for which a condition of their row and column is true.</summary>
internal static class Diagonals
{
    public static IEnumerable<ShaderCall> Shaders(GlCall call, string condition, string value, bool bindInput)
    {
        GlOperand y = call.Output(0);
        Shape shape = y.Format.Shape;
        if (shape.ElementCount == 0)
            return [Movement.Nothing];
        ShaderBuilder shader = new ShaderBuilder("diagonal.comp", "plain").Bind(new Binding.Output(0))
            .Define(("COUNT", shape.ElementCount), ("COLUMNS", shape[shape.Rank - 1]), ("ROWS", shape[shape.Rank - 2]), ("Y_OFFSET", y.Offset))
            .Define("CONDITION", condition).Define("VALUE", value);
        if (bindInput)
            shader.Bind(new Binding.Input(0), "X_BINDING").Define("X_OFFSET", call.Input(0).Offset);
        return [shader.OverThreads(shape.ElementCount, 64)];
    }
}
