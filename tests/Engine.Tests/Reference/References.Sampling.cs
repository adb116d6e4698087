using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Reference;

internal static partial class References
{
    private static Rules SamplingRules => new()
    {
        [typeof(GridSample)] = (op, x) => Samplings.Grid((GridSample)op, x[0]!, x[1]!),
        [typeof(GridSampleInputGradient)] = (op, x) => Samplings.GridInput(((GridSampleInputGradient)op).Forward, x[0]!, x[1]!, x[2]!),
        [typeof(GridSampleGridGradient)] = (op, x) => Samplings.GridGrid(((GridSampleGridGradient)op).Forward, x[0]!, x[1]!, x[2]!),
        [typeof(RoiAlign)] = (op, x) => Samplings.Regions((RoiAlign)op, x[0]!, x[1]!, x[2]!),
        [typeof(RoiAlignGradient)] = (op, x) => Samplings.RegionsGradient(((RoiAlignGradient)op).Forward, x[0]!, x[1]!, x[2]!, x[3]!),
    };
}
