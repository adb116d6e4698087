using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>A network planned up to a target's value: what it says of an input, and nothing else.</summary>
internal sealed class ScorePass : IDisposable
{
    private const string ValueOutput = "explain.value";

    private readonly ExplainNetwork network;
    private readonly Plan plan;

    /// <exception cref="LiveCamException">There is no such target, or the network cannot be planned.</exception>
    public ScorePass(ExplainNetwork network, Device device, ExplainTarget target)
    {
        this.network = network;
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(ValueOutput, graph.Target);
        plan = graph.Compile(device);
    }

    /// <summary>The target's value for an input.</summary>
    public Tensor Run(Tensor picture)
    {
        plan.Write(network.Model.Input.Name, picture);
        plan.Run();
        return plan.Read(ValueOutput);
    }

    public void Dispose() => plan.Dispose();
}
