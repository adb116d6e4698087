namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Reduction => new()
    {
        ["LogSoftmax"] = LogSoftmax.FromOnnx,
        ["ReduceMean"] = ReduceMean.FromOnnx,
        ["Softmax"] = Softmax.FromOnnx,
    };
}
