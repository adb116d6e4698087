namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Reduction => new()
    {
        ["ArgMax"] = ArgMax.FromOnnx,
        ["ArgMin"] = ArgMin.FromOnnx,
        ["CumSum"] = CumSum.FromOnnx,
        ["Hardmax"] = Hardmax.FromOnnx,
        ["LogSoftmax"] = LogSoftmax.FromOnnx,
        ["ReduceL1"] = ReduceL1.FromOnnx,
        ["ReduceL2"] = ReduceL2.FromOnnx,
        ["ReduceLogSum"] = ReduceLogSum.FromOnnx,
        ["ReduceLogSumExp"] = ReduceLogSumExp.FromOnnx,
        ["ReduceMax"] = ReduceMax.FromOnnx,
        ["ReduceMean"] = ReduceMean.FromOnnx,
        ["ReduceMin"] = ReduceMin.FromOnnx,
        ["ReduceProd"] = ReduceProd.FromOnnx,
        ["ReduceSum"] = ReduceSum.FromOnnx,
        ["ReduceSumSquare"] = ReduceSumSquare.FromOnnx,
        ["Softmax"] = Softmax.FromOnnx,
        ["TopK"] = TopK.FromOnnx,
    };
}
