using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Lets a convolution or matrix product finish its own output: a bias added later, the residual sum and the activation move
/// into the store of its kernel, so the value is written once.
/// </summary>
internal static class FuseEpilogue
{
    private sealed class Chain(Node start, IFusable op)
    {
        public Node Start { get; } = start;
        public IFusable Op { get; set; } = op;
        public Node Tail { get; set; } = start;
        public Value Bias { get; set; } = Value.None;
        public Value Residual { get; set; } = Value.None;
    }

    public static void Run(Rewrite rewrite)
    {
        var chains = new Dictionary<Node, Chain>();
        var swallowed = new HashSet<Node>();
        foreach (Node node in rewrite.Nodes)
            if (node.Op is IFusable { HasEpilogue: false } op && !swallowed.Contains(node) && Follow(rewrite, node, op, swallowed) is { } chain)
                chains[chain.Tail] = chain;
        foreach (Node node in rewrite.Nodes)
        {
            if (chains.TryGetValue(node, out Chain? chain))
            {
                Value bias = chain.Bias.Exists ? chain.Bias : (chain.Start.Inputs.Length > 2 ? chain.Start.Inputs[2] : Value.None);
                Value[] inputs = [.. chain.Start.Inputs.Take(2).Append(bias).Append(chain.Residual).Select(rewrite.Map)];
                rewrite.Copy(node with { Name = chain.Start.Name }, (Op)chain.Op, chain.Residual.Exists ? inputs : inputs[..3]);
            }
            else if (!swallowed.Contains(node))
                rewrite.Copy(node);
        }
    }

    private static Chain? Follow(Rewrite rewrite, Node start, IFusable op, HashSet<Node> swallowed)
    {
        if (rewrite.Source[start.Outputs[0]].Type != ElementType.Float32)
            return null;
        var chain = new Chain(start, op);
        while (rewrite.SoleReader(chain.Tail.Outputs[0]) is { } next && !swallowed.Contains(next) && Absorb(rewrite, chain, next))
        {
            swallowed.Add(chain.Tail);
            chain.Tail = next;
            if (chain.Op.Activation.Kind != ActivationKind.None)
                break;
        }
        if (chain.Tail == start)
            return null;
        swallowed.Add(chain.Tail);
        return chain;
    }

    private static bool Absorb(Rewrite rewrite, Chain chain, Node next)
    {
        if (next.Op is IActivation activation && activation.AsActivation is { } function && chain.Op.Takes(function))
        {
            chain.Op = chain.Op.With(function, chain.Residual.Exists);
            return true;
        }
        if (next.Op is not (Add or Sum) || next.Inputs.Length != 2)
            return false;
        Value own = chain.Tail.Outputs[0];
        Value other = next.Inputs[0] == own ? next.Inputs[1] : next.Inputs[0];
        ValueInfo result = rewrite.Source[next.Outputs[0]], addend = rewrite.Source[other];
        if (result.Shape != rewrite.Source[own].Shape || addend.Type != ElementType.Float32)
            return false;
        bool hasBias = chain.Bias.Exists || chain.Start.Inputs.Length > 2 && chain.Start.Inputs[2].Exists;
        if (rewrite.Parameter(other) is { } parameter)
        {
            if (hasBias || chain.Residual.Exists || !chain.Op.TakesBias || !IsPerChannel(parameter.Shape, result.Shape))
                return false;
            chain.Bias = ReshapedBias(rewrite, parameter, result.Shape[1]);
            return true;
        }
        if (chain.Residual.Exists || !chain.Op.TakesResidual || addend.Shape != result.Shape || other == own)
            return false;
        chain.Residual = other;
        chain.Op = chain.Op.With(Activation.None, residual: true);
        return true;
    }

    private static bool IsPerChannel(Shape bias, Shape result)
    {
        // Broadcasting aligns the last axes: only the channel axis (1) of the result may be larger than 1.
        for (int i = 0; i < bias.Rank; i++)
        {
            int axis = i + result.Rank - bias.Rank;
            if (bias[i] != 1 && (axis != 1 || bias[i] != result[1]))
                return false;
        }
        return bias.ElementCount == result[1];
    }

    private static Value ReshapedBias(Rewrite rewrite, Parameter parameter, int channels)
    {
        if (parameter.Shape.Rank == 1)
            return rewrite.Source.Graph.Parameters.First(pair => pair.Value == parameter).Key;
        var flat = Parameter.Derived($"{parameter.Name} as bias", parameter.Type, [channels], [parameter], () => parameter.Value.Reshaped([channels]));
        return rewrite.Source.Graph.Parameter(flat);
    }
}
