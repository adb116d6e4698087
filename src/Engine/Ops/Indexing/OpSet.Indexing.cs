namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Indexing => new()
    {
        ["Compress"] = Compress.FromOnnx,
        ["Gather"] = Gather.FromOnnx,
        ["GatherElements"] = GatherElements.FromOnnx,
        ["GatherND"] = GatherND.FromOnnx,
        ["OneHot"] = OneHot.FromOnnx,
        ["ReverseSequence"] = ReverseSequence.FromOnnx,
        ["Scatter"] = ScatterElements.FromOnnx,
        ["ScatterElements"] = ScatterElements.FromOnnx,
        ["ScatterND"] = ScatterND.FromOnnx,
    };
}
