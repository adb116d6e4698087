namespace LiveCam.Engine.Tensors;

/// <summary>What one element of a tensor is. Kernels are fast in <see cref="Float32"/>; the others exist because models carry them.</summary>
public enum ElementType : byte
{
    Float32, Float64, Float16, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Bool, BFloat16,
}

internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>Whether elements have fractions.</summary>
    public static bool IsFloat(this ElementType type) => type is ElementType.Float32 || type.IsComputedInFloat32();

    /// <summary>The element type whose C# form is <typeparamref name="T"/>.</summary>
    /// <exception cref="LiveCamException">No element type has that form.</exception>
    public static ElementType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? ElementType.Float32 :
        typeof(T) == typeof(double) ? ElementType.Float64 :
        typeof(T) == typeof(Half) ? ElementType.Float16 :
        typeof(T) == typeof(BFloat16) ? ElementType.BFloat16 :
        typeof(T) == typeof(sbyte) ? ElementType.Int8 :
        typeof(T) == typeof(short) ? ElementType.Int16 :
        typeof(T) == typeof(int) ? ElementType.Int32 :
        typeof(T) == typeof(long) ? ElementType.Int64 :
        typeof(T) == typeof(byte) ? ElementType.UInt8 :
        typeof(T) == typeof(ushort) ? ElementType.UInt16 :
        typeof(T) == typeof(uint) ? ElementType.UInt32 :
        typeof(T) == typeof(ulong) ? ElementType.UInt64 :
        typeof(T) == typeof(bool) ? ElementType.Bool :
        throw new LiveCamException($"{typeof(T).Name} is no tensor element type.");
}
