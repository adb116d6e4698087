using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>What may be spent on values that depend on constants alone, looked at before they are computed.</summary>
/// <param name="flop">Floating point operations.</param>
/// <param name="bytes">Of all their results together.</param>
public sealed class ConstantBudget(double flop, long bytes)
{
    // Weights in few bits become float32: up to eight times what the file holds.
    private const int Expansion = 8;

    private double flopTaken;
    private long bytesTaken;

    /// <summary>The budget of a graph: <see cref="Limits.ConstantFlop"/>, and bytes by its weights.</summary>
    /// <param name="memoryLimit">No more bytes than these in any case.</param>
    public static ConstantBudget Of(Graph graph, long memoryLimit)
    {
        double weights = graph.Parameters.Values.Sum(one => (double)one.Shape.ElementCount * one.Type.Size());
        return new(Limits.ConstantFlop, (long)Math.Min(memoryLimit, Math.Max(Limits.ConstantBytes, Expansion * weights)));
    }

    /// <summary>Takes what computing a node takes, if that is left.</summary>
    public bool TryTake(Node node, InferCall call)
    {
        double cost = Cost(node, call);
        if (flopTaken + cost > flop) return false;
        flopTaken += cost;
        return true;
    }

    /// <exception cref="LiveCamException">It is not left.</exception>
    public void TakeFlop(Node node, TypedGraph typed)
    {
        if (!TryTake(node, typed.Call(node)))
            throw new LiveCamException($"{node.Op.Name} \"{node.Name}\": computing it and the other constants of the network takes more than {flop / 1e9:0.#} GFLOP; "
                + "have the program that exported it fold them, or raise the limit by LIVECAM_LIMITS.");
    }

    /// <exception cref="LiveCamException">It is not left.</exception>
    public void TakeBytes(Node node, ValueInfo info)
    {
        bytesTaken += (long)info.Shape.ElementCount * info.Type.Size();
        if (bytesTaken > bytes)
            throw new LiveCamException($"{node.Op.Name} \"{node.Name}\": with its constant result of shape {info.Shape} the constants of the network pass the memory limit of {bytes >> 20} MB, "
                + "which LIVECAM_LIMITS raises.");
    }

    // What only moves elements takes time, too.
    private static double Cost(Node node, InferCall call)
    {
        double elements = 0;
        for (int i = 0; i < node.Outputs.Length; i++)
            if (node.Outputs[i].Exists) elements += call.OutputInfo(i).Shape.ElementCount;
        return node.Checked(() => node.Op.Cost(call)).Flop + elements;
    }
}
