using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Kernels;

/// <summary>How many floats one vector register holds; the value is that number.</summary>
public enum VectorWidth
{
    Scalar = 1,
    V128 = 4,
    V256 = 8,
    V512 = 16,
}

public static class VectorWidths
{
    /// <summary>The widest vectors this processor runs in hardware.</summary>
    public static VectorWidth Best { get; } =
        Vector512.IsHardwareAccelerated ? VectorWidth.V512 :
        Vector256.IsHardwareAccelerated ? VectorWidth.V256 :
        Vector128.IsHardwareAccelerated ? VectorWidth.V128 : VectorWidth.Scalar;

    /// <summary>Every width this processor can run, narrowest first.</summary>
    public static IEnumerable<VectorWidth> Available => Enum.GetValues<VectorWidth>().Where(width => width <= Best).Order();
}
