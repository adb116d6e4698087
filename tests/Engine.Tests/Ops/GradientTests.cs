using LiveCam.Engine.Devices.Cpu;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Every line of <see cref="OpCases"/> whose operation has a gradient: against directional finite differences.</summary>
public sealed class GradientTests
{
    /// <summary>Gradients of gradients are not asked for; the others never see a number that is trained.</summary>
    private static readonly string[] Without =
    [
        .. "And BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Equal Greater GreaterOrEqual IsInf IsNaN Less LessOrEqual Not Or Xor".Split(' '),
        .. "ClipGradient HardSwishGradient LeakyReluGradient SigmoidGradient TanhGradient".Split(' '),
        .. "ArgMax ArgMin SoftmaxGradient TopK".Split(' '),
        .. "BatchNormalizationGradient LrnGradient ScaleShift".Split(' '),
        .. "ConvInteger DequantizeLinear DynamicQuantizeLinear MatMulInteger MatMulLeftGradient MatMulRightGradient QLinearConv QLinearMatMul QuantizeLinear".Split(' '),
        .. "Conv2dBiasGradient Conv2dInputGradient Conv2dWeightGradient".Split(' '),
        .. "AveragePoolGradient GlobalMaxPoolGradient MaxPoolGradient".Split(' '),
        .. "Compress EyeLike GatherGradient GridSampleGridGradient GridSampleInputGradient MaxUnpoolGradient NonZero NumberRange OneHot RoiAlignGradient".Split(' '),
        .. "GlobalLpPoolGradient LpPoolGradient NMaxPoolGradient".Split(' '),
        .. "ConcatGradient ConstantOfShape PadGradient Reorder ShapeOf SizeOf SliceGradient SplitGradient TileGradient".Split(' '),
        .. "ResizeGradient".Split(' '),
        .. "AdamStep BinaryCrossEntropyGradient ClipFactor CrossEntropyGradient FocalTermGradient SgdStep".Split(' '),
    ];

    public static TheoryData<string> Differentiable => [.. OpCases.All.Values.Where(line => GradientCheck.Differentiable(line) > 0).Select(line => line.Name)];

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradient_equals_finite_differences(string name)
    {
        OpCase line = OpCases.All[name];
        using var device = new CpuDevice(threads: 1);
        string? problem = OpTests.Caught(() => GradientCheck.Problem(line, device));
        Assert.True(problem is null, $"{line}\n{problem}");
    }

    [Fact]
    public void Operators_without_a_gradient_are_known()
    {
        Assert.Equal(string.Join(' ', Without.Order(StringComparer.Ordinal)), string.Join(' ', OpCases.All.Values.GroupBy(line => line.Op.GetType().Name).Where(group => group.All(line => GradientCheck.Differentiable(line) == 0))
            .Select(group => group.Key).Order(StringComparer.Ordinal)));
    }
}
