using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Passes;

/// <summary>Leaves out nodes that hand their input on: Identity, Dropout at inference, Reshape and the like to the same shape.</summary>
internal static class RemoveIdentity
{
    public static void Run(Rewrite rewrite)
    {
        foreach (Node node in rewrite.Nodes)
        {
            if (HandsOn(rewrite, node))
                rewrite.Replace(node.Outputs[0], rewrite.Map(node.Inputs[0]));
            else
                rewrite.Copy(node);
        }
    }

    private static bool HandsOn(Rewrite rewrite, Node node)
    {
        if (node.Outputs.Skip(1).Any(value => value.Exists && (rewrite.IsKept(value) || rewrite.Nodes.Any(n => n.Inputs.Contains(value)))))
            return false;
        return node.Op switch
        {
            Identity => true,
            Dropout dropout => dropout.IsIdentity(rewrite.Source.Call(node)),
            Reshape or Flatten or SumTo or ExpandLike or ReshapeLike => rewrite.Source[node.Inputs[0]].Shape == rewrite.Source[node.Outputs[0]].Shape,
            _ => false,
        };
    }
}
