using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>ONNX multidirectional broadcasting: last axes aligned, extents equal or 1.</summary>
internal static class Broadcast
{
    public static Shape Shapes(InferCall call, int count)
    {
        Shape result = call.Shape(0);
        for (int i = 1; i < count; i++)
            result = Two(call, result, call.Shape(i));
        return result;
    }

    public static Shape Two(InferCall call, Shape a, Shape b)
    {
        var extents = new int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= extents.Length; i++)
        {
            int left = i <= a.Rank ? a[a.Rank - i] : 1, right = i <= b.Rank ? b[b.Rank - i] : 1;
            if (left != right && left != 1 && right != 1)
                throw call.Error($"shapes {a} and {b} cannot be broadcast together");
            extents[^i] = left == 1 ? right : left;
        }
        return Shape.Create(extents);
    }

    /// <summary>Strides of an input along the axes of the result, 0 where it is repeated.</summary>
    public static long[] Strides(MemoryFormat input, Shape result)
    {
        long[] own = input.Strides;
        var strides = new long[result.Rank];
        for (int i = 1; i <= input.Shape.Rank; i++)
            strides[^i] = input.Shape[input.Shape.Rank - i] == 1 ? 0 : own[^i];
        return strides;
    }
}
