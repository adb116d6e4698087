using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Lists of axes as models give them: an attribute in older operator sets, an input in newer ones.</summary>
internal static class Axes
{
    /// <summary>Brings the attribute <c>axes</c> into the form of an input.</summary>
    public static void AttributeToInput(OnnxNode node, int input)
    {
        if (node.Ints("axes") is { } axes && node.InputCount <= input)
            node.SetInput(input, Tensor.Of<long>([axes.Length], axes));
    }

    /// <summary>A constant input as distinct axes in 0..rank-1, ascending.</summary>
    public static int[] Of(InferCall call, int input, int rank)
    {
        var axes = new List<int>();
        foreach (long axis in call.KnownInts(input, "list of axes"))
        {
            if (axis < -rank || axis >= rank)
                throw call.Error($"axis {axis} does not exist in {rank} axes");
            int positive = (int)(axis < 0 ? axis + rank : axis);
            if (axes.Contains(positive))
                throw call.Error($"axis {axis} is named twice");
            axes.Add(positive);
        }
        axes.Sort();
        return [.. axes];
    }
}
