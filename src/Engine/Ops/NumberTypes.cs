using System.Numerics;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Something to be done for one number type.</summary>
internal interface INumberAction<TResult>
{
    TResult Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>From an element type to the C# type kernels are generic over: the one place that lists them.</summary>
internal static class NumberTypes
{
    /// <summary>Whether values of this type can be added and compared (not so: bool, and what is only stored).</summary>
    public static bool IsNumber(this ElementType type) => type is not (ElementType.Bool or ElementType.Float16 or ElementType.BFloat16);

    public static TResult Call<TAction, TResult>(ElementType type, TAction action) where TAction : INumberAction<TResult> => type switch
    {
        ElementType.Float32 => action.Invoke<float>(),
        ElementType.Float64 => action.Invoke<double>(),
        ElementType.Float16 => action.Invoke<Half>(),
        ElementType.Int8 => action.Invoke<sbyte>(),
        ElementType.Int16 => action.Invoke<short>(),
        ElementType.Int32 => action.Invoke<int>(),
        ElementType.Int64 => action.Invoke<long>(),
        ElementType.UInt8 => action.Invoke<byte>(),
        ElementType.UInt16 => action.Invoke<ushort>(),
        ElementType.UInt32 => action.Invoke<uint>(),
        ElementType.UInt64 => action.Invoke<ulong>(),
        _ => throw new LiveCamException($"{type} is no type arithmetic is done in."),
    };
}
