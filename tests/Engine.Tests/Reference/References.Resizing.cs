using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Reference;

internal static partial class References
{
    private static Rules ResizingRules => new()
    {
        [typeof(Resize)] = (op, x) => Resizing.Resize((Resize)op, x[0]!, x[1..]),
        [typeof(ResizeGradient)] = (op, x) => Resizing.Gradient(((ResizeGradient)op).Forward, x[0]!, x[1]!, x[2..]),
    };
}
