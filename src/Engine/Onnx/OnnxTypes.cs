using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Element types by their number in ONNX files.</summary>
internal static class OnnxTypes
{
    public const int Float16 = 10;
    public const int BFloat16 = 16;

    /// <summary>The element type of this number; null for one LiveCam lacks.</summary>
    public static ElementType? Element(int onnxType) => onnxType switch
    {
        1 => ElementType.Float32,
        2 => ElementType.UInt8,
        3 => ElementType.Int8,
        4 => ElementType.UInt16,
        5 => ElementType.Int16,
        6 => ElementType.Int32,
        7 => ElementType.Int64,
        9 => ElementType.Bool,
        Float16 => ElementType.Float16,
        BFloat16 => ElementType.BFloat16,
        11 => ElementType.Float64,
        12 => ElementType.UInt32,
        13 => ElementType.UInt64,
        _ => null,
    };

    /// <summary>The number of an element type.</summary>
    public static int Number(ElementType type) => type switch
    {
        ElementType.Float32 => 1,
        ElementType.UInt8 => 2,
        ElementType.Int8 => 3,
        ElementType.UInt16 => 4,
        ElementType.Int16 => 5,
        ElementType.Int32 => 6,
        ElementType.Int64 => 7,
        ElementType.Bool => 9,
        ElementType.Float16 => Float16,
        ElementType.BFloat16 => BFloat16,
        ElementType.Float64 => 11,
        ElementType.UInt32 => 12,
        _ => 13,
    };

    public static string Name(int onnxType) => onnxType switch
    {
        0 => "undefined",
        1 => "float32",
        2 => "uint8",
        3 => "int8",
        4 => "uint16",
        5 => "int16",
        6 => "int32",
        7 => "int64",
        8 => "string",
        9 => "bool",
        Float16 => "float16",
        11 => "float64",
        12 => "uint32",
        13 => "uint64",
        14 => "complex64",
        15 => "complex128",
        BFloat16 => "bfloat16",
        17 or 18 or 19 or 20 => "float8",
        21 => "uint4",
        22 => "int4",
        23 => "float4",
        _ => $"number {onnxType}",
    };
}
