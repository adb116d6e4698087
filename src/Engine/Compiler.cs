using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine;

/// <summary>How a graph is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>Concrete shapes by input name; an input left out takes its declared shape with 1 for unknown extents.</summary>
    public IReadOnlyDictionary<string, Shape>? InputShapes { get; init; }

    /// <summary>Names of intermediate values that have to be readable after a run.</summary>
    public IReadOnlyCollection<string> Keep { get; init; } = [];

    /// <summary>Keeps every value a node computes, and with it every node.</summary>
    public bool KeepAll { get; init; }

    /// <summary>Whether nodes are folded and fused; off for checking the passes against the plain graph.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>Keeps to convolutions as they are defined. Otherwise some are computed by Winograd's algorithm, which takes a fraction of the
    /// multiplications and rounds a few times more (<see cref="WinogradForm.ErrorBound"/>).</summary>
    public bool Exact { get; init; }

    /// <summary>Most bytes values, packed weights and folded constants may take; a network that needs more is refused before.
    /// Half of the machine's memory and no more than 16 GB unless given.</summary>
    public long MemoryLimit { get; init; } = Math.Min(16L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Most floating point operations of one run; a network that needs more is refused.</summary>
    public long FlopLimit { get; init; } = long.MaxValue;
}

/// <summary>From a graph to a plan: shapes, passes, layouts, then the device. The one place that knows both sides.</summary>
public static class Compiler
{
    /// <exception cref="LiveCamException">Some nodes cannot be run (all of them are named), or a limit is passed.</exception>
    public static Plan Compile(Graph graph, Device device, CompileOptions? options = null) =>
        device.Plan(Lower(graph, options ?? new()), (options ?? new()).MemoryLimit);

    /// <summary>Everything that stands between a graph and a plan, one sentence each; empty when it can be compiled.</summary>
    public static IReadOnlyList<string> Problems(Graph graph, CompileOptions options)
    {
        var problems = new List<string>();
        using ConstantEvaluator evaluator = Evaluator(graph, options);
        TypedGraph.Infer(graph, options.InputShapes, evaluator.Know, problems);
        return problems;
    }

    /// <summary>Shapes, types and known values of the graph as it is, before any pass.</summary>
    /// <exception cref="LiveCamException">Some nodes cannot be run.</exception>
    public static TypedGraph Infer(Graph graph, CompileOptions options)
    {
        using ConstantEvaluator evaluator = Evaluator(graph, options);
        return Infer(graph, options, evaluator);
    }

    private static TypedGraph Infer(Graph graph, CompileOptions options, ConstantEvaluator evaluator)
    {
        var problems = new List<string>();
        TypedGraph typed = TypedGraph.Infer(graph, options.InputShapes, evaluator.Know, problems);
        return problems.Count == 0 ? typed : throw new LiveCamException(
            problems.Count == 1 ? problems[0] : $"The network cannot be run, {problems.Count} problems: {string.Join(' ', problems)}");
    }

    /// <summary>Bytes a plan needs for values, beside those of its weights: what is alive at the same time.</summary>
    /// <param name="alignment">Of the device's memory, in bytes.</param>
    /// <exception cref="LiveCamException">Some nodes cannot be run.</exception>
    public static long ValueBytes(Graph graph, CompileOptions options, int alignment) => new ArenaLayout(Lower(graph, options), alignment).Bytes;

    internal static LoweredGraph Lower(Graph graph, CompileOptions options)
    {
        ConstantBudget budget = ConstantBudget.Of(graph, options.MemoryLimit);
        using ConstantEvaluator evaluator = Evaluator(graph, options, budget);
        TypedGraph typed = Infer(graph, options, evaluator);
        if (options.FlopLimit != long.MaxValue && graph.Nodes.Sum(node => (double)typed.Cost(node).Flop) is double flop && flop > options.FlopLimit)
            throw new LiveCamException($"One run of this network takes {flop / 1e9:F1} GFLOP, but the limit is {options.FlopLimit / 1e9:F1}.");
        List<Value> keep = Kept(graph, options);
        var sources = new SourceValues(graph);
        void Pass(Action<Rewrite> pass)
        {
            var rewrite = new Rewrite(typed, keep);
            pass(rewrite);
            keep = rewrite.Finish();
            typed = Infer(rewrite.Target, options, evaluator);
            sources.Follow(rewrite.Mapped, rewrite.FusedInto);
        }
        if (ComputeInFloat32.Applies(typed))
            Pass(ComputeInFloat32.Run);
        if (options.Optimize)
        {
            Pass(RemoveIdentity.Run);
            Pass(rewrite => FoldConstants.Run(rewrite, evaluator.Run, budget));
            Pass(FoldBatchNorm.Run);
            Pass(FuseEpilogue.Run);
        }
        Dictionary<Value, Layout> layouts = [];
        Pass(rewrite => layouts = AssignLayouts.Run(rewrite));
        return new LoweredGraph(typed, layouts, keep, CompilePlain) { Exact = options.Exact, Sources = sources };
    }

    private static Plan CompilePlain(Graph graph, Device host) => Compile(graph, host, new() { Optimize = false });

    private static List<Value> Kept(Graph graph, CompileOptions options)
    {
        if (options.KeepAll)
            return [.. graph.Nodes.SelectMany(node => node.Outputs).Where(value => value.Exists)];
        var keep = new List<Value>();
        foreach (string name in options.Keep)
            keep.Add(graph.TryFind(name, out Value value) ? value : throw new LiveCamException(
                $"The network has no value named \"{name}\" to keep; `livecam inspect` lists all of them."));
        return keep;
    }

    private static ConstantEvaluator Evaluator(Graph graph, CompileOptions options, ConstantBudget? budget = null) =>
        new(options.MemoryLimit, budget ?? ConstantBudget.Of(graph, options.MemoryLimit), CompilePlain);
}
