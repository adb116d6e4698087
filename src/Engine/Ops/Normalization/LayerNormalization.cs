using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What layer normalizations share: all axes from one on are a group, scale and shift are repeated to x.</summary>
internal abstract record TrailingNormalization(int Axis, float Epsilon) : Standardization
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    private protected override double Factor(double measured, int count) => 1 / Math.Sqrt(measured + Epsilon);
    private protected override string FactorShader(int count) => $"(1.0 / sqrt(v + {StridedShader.Text(Epsilon)}))";

    private protected override Grouping Groups(InferCall call)
    {
        Shape x = call.Shape(0), scale = call.Shape(1);
        if (x.Rank == 0 || Broadcast.Shapes(call, 2) != x || call.Has(2) && call.Shape(2) != scale)
            throw call.Error($"its inputs are {string.Join(", ", Enumerable.Range(0, call.InputCount).Select(call.Shape))}, but scale and shift of one shape that can be repeated to the first are expected");
        int first = x.Axis(Axis);
        return new(x, [.. Enumerable.Range(0, x.Rank).Select(axis => axis >= first)], Broadcast.Strides(MemoryFormat.RowMajor(ElementType.Float32, scale), x));
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Node.Outputs.Skip(1).Any(output => output.Exists))
            call.None();
        else
            Differentiate(call, Epsilon, value => call.Add(new Flatten(Axis), value), AlongRows, value => value, column => column);
    }
}

/// <summary>
/// The elements along all axes from <paramref name="Axis"/> on with mean 0 and variance 1, then scale x + shift (Ba, Kiros and Hinton
/// 2016). Inputs: x, scale and, where there is one, shift; outputs 1 and 2 are the means and one by the deviations.
/// </summary>
internal sealed record LayerNormalization(int Axis = -1, float Epsilon = 1e-5f) : TrailingNormalization(Axis, Epsilon)
{
    private protected override bool HasStatistics => true;

    public static Op FromOnnx(OnnxNode node)
    {
        // Statistics are always computed in float32, its default.
        node.Int("stash_type", 1);
        return new LayerNormalization(node.Int32("axis", -1), node.Float("epsilon", 1e-5f));
    }

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis).Set("epsilon", Epsilon);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        base.Infer(call);
    }
}

/// <summary>
/// The elements along all axes from <paramref name="Axis"/> on divided by the root of their mean square, then times scale (Zhang and
/// Sennrich 2019). Inputs: x, scale.
/// </summary>
internal sealed record RmsNormalization(int Axis = -1, float Epsilon = 1e-5f) : TrailingNormalization(Axis, Epsilon)
{
    public override string Name => "RMSNormalization";
    private protected override bool Centers => false;
    private protected override ReductionKind Measure => ReductionKind.SumSquare;
    private protected override double Factor(double measured, int count) => 1 / Math.Sqrt(measured / count + Epsilon);
    private protected override string FactorShader(int count) => $"(1.0 / sqrt(v / {StridedShader.Text((float)count)} + {StridedShader.Text(Epsilon)}))";

    public static Op FromOnnx(OnnxNode node)
    {
        // Means are always computed in float32, its default.
        node.Int("stash_type", 1);
        return new RmsNormalization(node.Int32("axis", -1), node.Float("epsilon", 1e-5f));
    }

    /// <remarks>An operator of set 23.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        int rank = call.InputInfo(0).Shape.Rank, first = call.InputInfo(0).Shape.Axis(Axis);
        (string square, string mean, string above, string root, string standard) =
            (call.Between("square"), call.Between("mean"), call.Between("above"), call.Between("root"), call.Between("standard"));
        call.Write("Mul").Inputs(call.Input(0), call.Input(0)).Outputs(square);
        call.Write("ReduceMean").Inputs(square).Outputs(mean).Set("axes", Ints.Create([.. Enumerable.Range(first, rank - first)])).Set("keepdims", 1);
        call.Write("Add").Inputs(mean, call.Weight("epsilon", Tensor.Scalar(Epsilon))).Outputs(above);
        call.Write("Sqrt").Inputs(above).Outputs(root);
        call.Write("Div").Inputs(call.Input(0), root).Outputs(standard);
        call.Write("Mul").Inputs(standard, call.Input(1));
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        base.Infer(call);
    }
}
