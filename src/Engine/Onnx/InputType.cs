using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>The declared type and shape of a model's input.</summary>
internal static class InputType
{
    /// <summary>The element type, and the extents with -1 for a symbolic or unknown one; null after a problem.</summary>
    public static (ElementType Type, Ints Extents)? Read(ValueInfoProto input, ModelProblems problems)
    {
        if (input.Type?.TensorType is not { } tensor)
            return Problem($"is {NameOf(input.Type)}, which LiveCam does not have");
        if (OnnxTypes.Element(tensor.ElemType) is not { } type)
            return Problem($"has the element type {OnnxTypes.Name(tensor.ElemType)}, which LiveCam does not have");
        if (tensor.Shape is null)
            return Problem("has no declared shape, so its number of axes is unknown");
        if (tensor.Shape.Dim.Count > Shape.MaxRank)
            return Problem($"has {tensor.Shape.Dim.Count} axes, but at most {Shape.MaxRank} are supported");
        var extents = new int[tensor.Shape.Dim.Count];
        long count = 1;
        for (int i = 0; i < extents.Length; i++)
        {
            DimensionProto dim = tensor.Shape.Dim[i];
            long extent = dim.ExtentCase == DimensionProto.ExtentOneofCase.DimValue ? dim.DimValue : -1;
            if (extent is < -1 or > int.MaxValue)
                return Problem($"has the extent {extent}, which is outside 0..{int.MaxValue}");
            extents[i] = (int)extent;
            count = Math.Min(count * Math.Max(extents[i], 1), Shape.MaxCount + 1);
        }
        if (count > Shape.MaxCount)
            return Problem($"of shape {string.Join('x', extents)} has more than {Shape.MaxCount} elements");
        return (type, Ints.Create(extents));

        (ElementType, Ints)? Problem(string facts)
        {
            problems.Add($"The input \"{input.Name}\" {facts}.");
            return null;
        }
    }

    private static string NameOf(TypeProto? type) =>
        type is null ? "of no declared type" :
        type.HasSequenceType ? "a sequence" :
        type.HasMapType ? "a map" :
        type.HasSparseTensorType ? "a sparse tensor" :
        type.HasOptionalType ? "an optional value" : "of no declared type";
}
