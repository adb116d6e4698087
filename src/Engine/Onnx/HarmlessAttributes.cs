using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Onnx;

/// <summary>Attributes no operation has to ask for: whatever they say, the result at inference is the same.</summary>
internal static class HarmlessAttributes
{
    /// <param name="rankOf">Axes of an input of the node, or null where the file does not say.</param>
    public static bool Contains(OnnxNode node, string attribute, Func<int, int?> rankOf) => attribute switch
    {
        // How a framework of the first operator sets may share memory.
        "consumed_inputs" => true,
        // Only training reads these: how statistics are averaged, and what is dropped.
        "momentum" or "ratio" or "seed" => true,
        "is_test" => node.OpSet < 7 && node.Int("is_test", 0) == 1,
        // Before operator set 7 the second input was spread over the first on request, its axes beginning at one that could be
        // chosen; from the last axis backwards, the default, is what is always done since.
        "broadcast" => node.OpSet < 7,
        "axis" => node.OpSet < 7 && node.Int("broadcast", 0) == 1
            && rankOf(0) is { } first && rankOf(1) is { } second && node.Int("axis", 0) is var axis
            && (axis < 0 ? axis + first : axis) == first - second,
        _ => false,
    };
}
