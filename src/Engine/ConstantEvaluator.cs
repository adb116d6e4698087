using System.Runtime.CompilerServices;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine;

/// <summary>Runs single nodes on the host, their inputs given as constants. While a graph is compiled every pass asks again: what was computed is remembered until then.</summary>
/// <param name="memoryLimit">Most bytes of one node's plan.</param>
/// <param name="compile">Compiles what the host runs for a device.</param>
internal sealed class ConstantEvaluator(long memoryLimit, ConstantBudget budget, Func<Graph, Device, Plan> compile) : IDisposable
{
    private static readonly Lazy<CpuDevice> Host = new(() => new CpuDevice(threads: 1));

    private Dictionary<(Op, Tensor?[]), Tensor[]>? known = new(SameObjects.Instance);

    /// <summary>A node's outputs while shapes are inferred; null where the budget is spent, and what follows is not known then.</summary>
    public Tensor[]? Know(Node node, Tensor?[] inputs) => Evaluate(node, inputs, isFree: false);

    /// <summary>A node's outputs, where the budget was asked before.</summary>
    public Tensor[] Run(Node node, Tensor?[] inputs) => Evaluate(node, inputs, isFree: true)!;

    /// <summary>Forgets: parameters computed anew later, when weights have changed, are not kept twice.</summary>
    public void Dispose() => known = null;

    private Tensor[]? Evaluate(Node node, Tensor?[] inputs, bool isFree)
    {
        if (known?.TryGetValue((node.Op, inputs), out Tensor[]? before) == true && before.Length == node.Outputs.Length) return before;
        var graph = new Graph();
        Value[] values = [.. inputs.Select((tensor, i) => tensor is null ? Value.None : graph.Parameter($"input {i}", tensor))];
        string?[] names = [.. node.Outputs.Select((value, i) => value.Exists ? $"output {i}" : null)];
        foreach (Value output in graph.Add(node.Op, node.Name, names, values))
            if (output.Exists) graph.Output(graph.NameOf(output), output);
        TypedGraph typed = Infer(graph);
        if (!isFree && !budget.TryTake(graph.Nodes[0], typed.Call(graph.Nodes[0]))) return null;
        Rewrite rewrite;
        if (ComputeInFloat32.Applies(typed))
        {
            rewrite = new Rewrite(typed, []);
            ComputeInFloat32.Run(rewrite);
            rewrite.Finish();
            typed = Infer(rewrite.Target);
        }
        rewrite = new Rewrite(typed, []);
        var layouts = AssignLayouts.Run(rewrite);
        List<Value> keep = rewrite.Finish();
        using Plan plan = Host.Value.Plan(new LoweredGraph(Infer(rewrite.Target), layouts, keep, compile), memoryLimit);
        plan.Run();
        Tensor[] results = [.. node.Outputs.Select((value, i) => value.Exists ? plan.Read($"output {i}") : new Tensor(ElementType.Float32, [0]))];
        if (known is not null) known[(node.Op, inputs)] = results;
        return results;
    }

    private static TypedGraph Infer(Graph graph) => TypedGraph.Infer(graph, null, (_, _) => null, []);

    /// <summary>The same operation of the same tensors, as objects.</summary>
    private sealed class SameObjects : IEqualityComparer<(Op Op, Tensor?[] Inputs)>
    {
        public static SameObjects Instance { get; } = new();

        public bool Equals((Op Op, Tensor?[] Inputs) a, (Op Op, Tensor?[] Inputs) b) =>
            ReferenceEquals(a.Op, b.Op) && a.Inputs.AsSpan().SequenceEqual(b.Inputs, ReferenceEqualityComparer.Instance);

        public int GetHashCode((Op Op, Tensor?[] Inputs) key)
        {
            var hash = new HashCode();
            hash.Add(RuntimeHelpers.GetHashCode(key.Op));
            foreach (Tensor? one in key.Inputs) hash.Add(RuntimeHelpers.GetHashCode(one));
            return hash.ToHashCode();
        }
    }
}
