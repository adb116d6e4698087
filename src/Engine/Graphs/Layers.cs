using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>One layer of a network as people see it.</summary>
/// <param name="Name">Of its first output.</param>
/// <param name="Parameters">Numbers in the weights it is the first to read.</param>
/// <param name="Bytes">Of those weights as they are stored.</param>
/// <param name="Flop">Floating point operations of one run; a multiply-add is two.</param>
/// <param name="Window">Axis by axis, where it looks through a window.</param>
/// <param name="Field">What one element of the output depends on, axis by axis; empty where there are no axes left.</param>
public sealed record Layer(Node Node, string Name, string Op, Shape Output, long Parameters, long Bytes, long Flop, IReadOnlyList<Reach> Window, IReadOnlyList<ReceptiveField> Field);

/// <summary>The layers of a graph whose shapes are known, in order: those its outputs depend on.</summary>
public static class Layers
{
    public static IReadOnlyList<Layer> Of(TypedGraph typed)
    {
        Graph graph = typed.Graph;
        var layers = new List<Layer>();
        var counted = new HashSet<Value>();
        Dictionary<Value, ReceptiveField[]> fields = [];
        foreach (GraphInput input in graph.Inputs)
            fields[input.Value] = [.. Enumerable.Repeat(new ReceptiveField(1, 1), Math.Max(0, typed[input.Value].Shape.Rank - 2))];
        HashSet<Value> needed = Needed(graph);
        foreach (Node node in graph.Nodes.Where(node => node.Outputs.Any(needed.Contains)))
        {
            long parameters = 0, bytes = 0;
            foreach (Value input in node.Inputs)
                if (input.Exists && graph.Parameters.TryGetValue(input, out Parameter? parameter) && IsWeight(parameter) && counted.Add(input))
                {
                    parameters += parameter.Shape.ElementCount;
                    bytes += (long)parameter.Shape.ElementCount * parameter.Type.Size();
                }
            InferCall call = typed.Call(node);
            IReadOnlyList<Reach> window = node.Op.Reaches(call);
            Value first = node.Outputs.First(value => value.Exists);
            foreach (Value output in node.Outputs.Where(value => value.Exists))
                fields[output] = Field(typed, node, output, window, fields);
            layers.Add(new(node, graph.NameOf(first), node.Op.Name, typed[first].Shape, parameters, bytes, node.Checked(() => node.Op.Cost(call)).Flop, window, fields[first]));
        }
        return layers;
    }

    private static bool IsWeight(Parameter parameter) => parameter.Type is ElementType.Float32 or ElementType.Float16 or ElementType.Float64;

    /// <summary>The values the outputs depend on.</summary>
    private static HashSet<Value> Needed(Graph graph)
    {
        HashSet<Value> needed = [.. graph.Outputs.Select(output => output.Value)];
        foreach (Node node in graph.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains))
                needed.UnionWith(node.Inputs.Where(input => input.Exists));
        return needed;
    }

    private static ReceptiveField[] Field(TypedGraph typed, Node node, Value output, IReadOnlyList<Reach> window, Dictionary<Value, ReceptiveField[]> fields)
    {
        Shape to = typed[output].Shape;
        var seen = new ReceptiveField[Math.Max(0, to.Rank - 2)];
        foreach (Value input in node.Inputs.Where(input => input.Exists && fields.ContainsKey(input)))
        {
            Shape from = typed[input].Shape;
            for (int i = 0; i < seen.Length; i++)
            {
                // Axes are those of the input counted from the last, as long as they have its extents; one place that is made of many sees all.
                int axis = i + 2 + from.Rank - to.Rank;
                ReceptiveField? before = axis >= 2 && axis < from.Rank ? fields[input][axis - 2] : null;
                bool mixes = before is null || from.Rank != to.Rank && from[axis] != to[i + 2] || window.Count == 0 && to[i + 2] == 1 && from[axis] > 1;
                ReceptiveField here = mixes ? new(null, 0) : window.Count == seen.Length && input == node.Inputs[0] ? Through(window[i], before!.Value) : Resized(before!.Value, from[axis], to[i + 2]);
                seen[i] = new(seen[i] == default ? here.Size : here.Size is null || seen[i].Size is null ? null : Math.Max(here.Size.Value, seen[i].Size!.Value), Math.Max(here.Stride, seen[i].Stride));
            }
        }
        return seen;
    }

    private static ReceptiveField Through(Reach window, ReceptiveField before) =>
        new(before.Size is { } size ? (int)Math.Min(int.MaxValue, size + (window.Size - 1) * before.Stride) : null, before.Stride * window.Stride);

    /// <summary>Behind an operation without a window: what a whole number of times more or fewer places lie apart.</summary>
    private static ReceptiveField Resized(ReceptiveField before, int from, int to) =>
        from > 0 && to > 0 && (from % to == 0 || to % from == 0) ? before with { Stride = before.Stride * from / to } : before;
}
