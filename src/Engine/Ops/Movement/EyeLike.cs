using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Ones on a diagonal of a matrix of the input's shape, zeros elsewhere.</summary>
/// <param name="Diagonal">How far it is moved to the right.</param>
/// <param name="Type">Of the elements; the input's where it is not given.</param>
internal sealed record EyeLike(int Diagonal = 0, ElementType? Type = null) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool ReadsShapeOnly(int input) => true;

    public static Op FromOnnx(OnnxNode node) => new EyeLike(node.Int32("k", 0), node.Has("dtype") ? node.Type("dtype", ElementType.Float32) : null);

    public override void ToOnnx(OnnxCall call)
    {
        OnnxWriter node = call.Write(Name).Set("k", Diagonal);
        if (Type is { } type)
            node.Set("dtype", type);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        ElementType type = Type ?? call.Type(0);
        if (call.Shape(0).Rank != 2 || !type.IsNumber() && type != ElementType.Bool)
            throw call.Error($"its result would be {type} {call.Shape(0)}, but a matrix of numbers is expected");
        call.Output(0, type, call.Shape(0));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Output(0);
        (int rows, int columns) = (y.Format.Shape[0], y.Format.Shape[1]);
        CpuStep ones = y.Format.Type == ElementType.Bool ? Ones<byte>(y, rows, columns) : NumberTypes.Call<One, CpuStep>(y.Format.Type, new(this, y, rows, columns));
        return Movement.Fill(y, 0).Then(ones);
    }

    private unsafe CpuStep Ones<T>(Operand y, int rows, int columns) where T : unmanaged, INumberBase<T> => CpuStep.Of(1, (_, _, _) =>
    {
        for (int row = 0; row < rows; row++)
            if ((long)row + Diagonal is var column && column >= 0 && column < columns)
                y.As<T>()[(long)row * columns + column] = T.One;
    });

    private readonly struct One(EyeLike op, Operand y, int rows, int columns) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => op.Ones<T>(y, rows, columns);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Diagonals.Shaders(call, $"column - row == {Diagonal}", "1.0", bindInput: false);
}
