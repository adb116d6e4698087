using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>No operator without a line in the table, a reference and, where models have it, an entry in the operator set.</summary>
public sealed class CoverageTests
{
    /// <summary>What the program promises to run; Constant nodes become parameters when a file is read.</summary>
    private static readonly string[] Promised =
    [
        .. Words("Relu LeakyRelu PRelu Elu Selu Celu Gelu Clip Sigmoid Tanh Softplus Softsign ThresholdedRelu Swish Mish HardSwish HardSigmoid Dropout"),
        .. Words("Add Sub Mul Div Mod Pow Sqrt Reciprocal Exp Log Abs Neg Sign Floor Ceil Round Erf Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh"),
        .. Words("Min Max Mean Sum Equal Greater GreaterOrEqual Less LessOrEqual Where And Or Xor Not IsNaN IsInf"),
        .. Words("BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitShift Cast CastLike"),
        .. Words("Softmax LogSoftmax ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare ArgMax ArgMin Hardmax TopK CumSum"),
        .. Words("BatchNormalization LRN InstanceNormalization GroupNormalization LayerNormalization RMSNormalization LpNormalization MeanVarianceNormalization"),
        .. Words("Gemm MatMul Einsum QuantizeLinear DequantizeLinear DynamicQuantizeLinear MatMulInteger QLinearMatMul ConvInteger QLinearConv"),
        .. Words("Conv ConvTranspose LpPool GlobalLpPool MaxUnpool MaxPool AveragePool GlobalAveragePool GlobalMaxPool"),
        .. Words("Concat Flatten Reshape Transpose Slice Squeeze Unsqueeze Pad ConstantOfShape Identity Shape DepthToSpace Expand EyeLike NonZero Range Size SpaceToDepth Split Tile Trilu"),
        .. Words("Compress Gather GatherElements GatherND OneHot ReverseSequence ScatterElements ScatterND"),
        .. Words("Resize Upsample GridSample RoiAlign"),
    ];

    /// <summary>What passes, losses and optimizers make for themselves, beside gradients; no model contains it.</summary>
    private static readonly string[] MadeHere =
    [
        .. Words("Reorder ReshapeLike NMaxPool"),
        .. Words("ExpandLike SumTo ScaleShift RandomDropout"),
        .. Words("SumOfSquares ClipFactor CrossEntropy BinaryCrossEntropy FocalTerm SgdStep AdamStep"),
    ];

    private static string[] Words(string names) => names.Split(' ');

    private static IEnumerable<Type> Operators =>
        typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract);

    [Fact]
    public void Every_operator_has_a_line_in_OpCases()
    {
        var covered = OpCases.All.Values.Select(line => line.Op.GetType()).ToHashSet();
        Assert.Equal([], Operators.Except(covered).Select(type => type.Name));
    }

    [Fact]
    public void Every_operator_has_a_reference()
    {
        Assert.Equal([], Operators.Where(type => !References.Has(type)).Select(type => type.Name));
    }

    [Fact]
    public void Every_operator_of_the_promised_list_is_in_the_operator_set()
    {
        Assert.Equal([], Promised.Except(OpSet.Names));
    }

    [Fact]
    public void Every_operator_is_reached_from_the_operator_set()
    {
        var names = OpSet.Names.ToHashSet();
        Assert.Equal(MadeHere.Order(), OpCases.All.Values.Select(line => line.Op.Name)
            .Where(name => !names.Contains(name) && !name.EndsWith("Gradient", StringComparison.Ordinal)).Distinct().Order());
    }
}
