using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

internal static partial class References
{
    private static Rules IndexingRules => new()
    {
        [typeof(Gather)] = (op, x) => new(Movements.Gather(((Gather)op).Axis, x[0]!, x[1]!), 0),
        [typeof(GatherGradient)] = (op, x) => Movements.SumOfCopies(x, numbers => Movements.Gather(((GatherGradient)op).Axis, numbers, x[2]!)),
        [typeof(GatherElements)] = (op, x) => new(Indexings.GatherElements(((GatherElements)op).Axis, x[0]!, x[1]!), 0),
        [typeof(GatherND)] = (op, x) => new(Indexings.GatherND(((GatherND)op).BatchAxes, x[0]!, x[1]!), 0),
        [typeof(ScatterElements)] = (op, x) => Indexings.ScatterElements((ScatterElements)op, x[0]!, x[1]!, x[2]!),
        [typeof(ScatterND)] = (op, x) => Indexings.ScatterND((ScatterND)op, x[0]!, x[1]!, x[2]!),
        [typeof(Compress)] = (op, x) => new(Indexings.Compress(((Compress)op).Axis, x[0]!, x[1]!), 0),
        [typeof(ReverseSequence)] = (op, x) => new(Indexings.ReverseSequence((ReverseSequence)op, x[0]!, x[1]!), 0),
        [typeof(OneHot)] = (op, x) => new(Indexings.OneHot(((OneHot)op).Axis, x[0]!, (int)x[1]!.Data[0], x[2]!), 0),
        [typeof(NonZero)] = Moved((_, x) => Indexings.NonZero(x)),
        [typeof(NumberRange)] = (_, x) => new(Indexings.Range(x[0]!.Data[0], x[1]!.Data[0], x[2]!.Data[0]), 1),
        [typeof(EyeLike)] = Moved((op, x) => Doubles.Of(x.Shape, at => at[1] - at[0] == ((EyeLike)op).Diagonal ? 1 : 0)),
        [typeof(Trilu)] = (op, x) => new(Indexings.Trilu(((Trilu)op).Upper, x[0]!, x.ElementAtOrDefault(1)?.Longs[0] ?? 0), 0),
        [typeof(MaxUnpool)] = (op, x) => new(Indexings.MaxUnpool(((MaxUnpool)op).Window, x[0]!, x[1]!, x.ElementAtOrDefault(2)?.Longs), 0),
        [typeof(MaxUnpoolGradient)] = (op, x) => new(Indexings.MaxUnpoolGradient(((MaxUnpoolGradient)op).Window, x[0]!, x[1]!), 0),
    };
}
