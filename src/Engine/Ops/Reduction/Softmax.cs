using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>exp(x) / sum of exp(x), the largest x subtracted first, along one axis or over all axes from it on.</summary>
/// <param name="Trailing">Over all axes from <paramref name="Axis"/> on, as before operator set 13.</param>
internal sealed record Softmax(int Axis = -1, bool Trailing = false) : SoftmaxFamily(Axis, Trailing, Log: false)
{
    public static Op FromOnnx(OnnxNode node) => new Softmax(node.Int32("axis", node.OpSet < 13 ? 1 : -1), node.OpSet < 13);
}

/// <summary>x - log(sum of exp(x)), the logarithm of <see cref="Softmax"/>.</summary>
internal sealed record LogSoftmax(int Axis = -1, bool Trailing = false) : SoftmaxFamily(Axis, Trailing, Log: true)
{
    public static Op FromOnnx(OnnxNode node) => new LogSoftmax(node.Int32("axis", node.OpSet < 13 ? 1 : -1), node.OpSet < 13);
}

/// <summary>What softmax and its logarithm share.</summary>
internal abstract partial record SoftmaxFamily(int Axis, bool Trailing, bool Log) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void ToOnnx(OnnxCall call) => ToOnnx(call, Name, Axis, Trailing);

    internal static void ToOnnx(OnnxCall call, string name, int along, bool trailing)
    {
        Shape x = call.InputInfo(0).Shape;
        int axis = trailing && along == x.Rank ? along : x.Axis(along);
        if (!trailing || axis == x.Rank - 1)
        {
            call.Write(name).Set("axis", axis);
            return;
        }
        // Over several axes, as before operator set 13: as rows, and then back to what it was.
        (string rows, string shape, string result) = (call.Between("rows"), call.Between("shape"), call.Between("result"));
        call.Write("Flatten").Outputs(rows).Set("axis", axis);
        call.Write(name).Inputs(rows).Outputs(result).Set("axis", 1);
        call.Write("Shape").Outputs(shape);
        call.Write("Reshape").Inputs(result, shape);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {x}, but Float32 with at least one axis is expected");
        if (!(Trailing && Axis == x.Rank))
            x.Axis(Axis);
        call.OutputLike(0, 0);
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new SoftmaxGradient(Axis, Trailing, Log), call.Output(0), call.OutputGradient());

    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount * 4L);

    /// <summary>Rows to normalize: how many lie before and after the axis, and how long they are.</summary>
    private (int Outer, int Length, int Inner) Rows(Shape x) => Rows(x, Axis, Trailing);

    internal static (int Outer, int Length, int Inner) Rows(Shape x, int along, bool trailing)
    {
        if (trailing && along == x.Rank)
            return (x.ElementCount, 1, 1);
        int axis = x.Axis(along);
        return trailing ? (x.CountOf(0, axis), x.CountOf(axis, x.Rank), 1) : (x.CountOf(0, axis), x[axis], x.CountOf(axis + 1, x.Rank));
    }
}
