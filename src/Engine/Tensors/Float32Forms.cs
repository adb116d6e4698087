namespace LiveCam.Engine.Tensors;

/// <summary>Between what a model stores and the float32 that is computed in.</summary>
internal static class Float32Forms
{
    /// <summary>Whether arithmetic on this type is done in float32 although it is stored otherwise.</summary>
    public static bool IsComputedInFloat32(this ElementType type) => type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64;

    /// <summary>Whether this type lies as float32 on a graphics device: shaders have no smaller types, and float32 holds these exactly.</summary>
    public static bool IsCarriedAsFloat32(this ElementType type) =>
        type is ElementType.Float32 or ElementType.Bool or ElementType.Int8 or ElementType.UInt8 or ElementType.Float16 or ElementType.BFloat16;

    /// <summary>The elements as float32: exact but for those of a float64, which are rounded.</summary>
    public static Tensor ToFloat32(this Tensor tensor) => tensor.Type switch
    {
        ElementType.Float32 => tensor,
        ElementType.Float16 => Convert<Half, float>(tensor, x => (float)x),
        ElementType.BFloat16 => Convert<BFloat16, float>(tensor, x => (float)x),
        ElementType.Float64 => Convert<double, float>(tensor, x => (float)x),
        ElementType.Bool => Convert<bool, float>(tensor, x => x ? 1 : 0),
        ElementType.Int8 => Convert<sbyte, float>(tensor, x => x),
        ElementType.UInt8 => Convert<byte, float>(tensor, x => x),
        _ => throw new LiveCamException($"A tensor of {tensor.Type} was to be read as Float32, which does not hold it."),
    };

    /// <summary>The reverse of <see cref="ToFloat32"/>: floats rounded to the nearest, whole numbers as they are.</summary>
    public static Tensor FromFloat32(this Tensor tensor, ElementType type) => type switch
    {
        ElementType.Float32 => tensor,
        ElementType.Float16 => Convert<float, Half>(tensor, x => (Half)x),
        ElementType.BFloat16 => Convert<float, BFloat16>(tensor, x => (BFloat16)x),
        ElementType.Float64 => Convert<float, double>(tensor, x => x),
        ElementType.Bool => Convert<float, bool>(tensor, x => x != 0),
        ElementType.Int8 => Convert<float, sbyte>(tensor, x => (sbyte)x),
        ElementType.UInt8 => Convert<float, byte>(tensor, x => (byte)x),
        _ => throw new LiveCamException($"A tensor of Float32 was to be stored as {type}, which it does not hold."),
    };

    private static Tensor Convert<TFrom, TTo>(Tensor tensor, Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        var result = new Tensor(ElementTypes.Of<TTo>(), tensor.Shape);
        Span<TFrom> from = tensor.Span<TFrom>();
        Span<TTo> to = result.Span<TTo>();
        for (int i = 0; i < to.Length; i++)
            to[i] = convert(from[i]);
        return result;
    }
}
