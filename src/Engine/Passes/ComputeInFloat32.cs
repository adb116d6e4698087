using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Weights, inputs and outputs stay float16, bfloat16 or float64 as the model has them; between them everything is float32, but for what
/// an operation computes as it is. A Cast stands where one becomes the other, and a weight's is folded like any other constant.
/// </summary>
internal static class ComputeInFloat32
{
    /// <summary>Whether a graph has such types at all.</summary>
    public static bool Applies(TypedGraph typed) =>
        Enumerable.Range(0, typed.Graph.ValueCount).Any(id => typed.Knows(new(id)) && typed[new(id)].Type.IsComputedInFloat32());

    public static void Run(Rewrite rewrite)
    {
        TypedGraph typed = rewrite.Source;
        var wide = new Dictionary<Value, Value>();
        bool IsStored(Value old) => old.Exists && typed[old].Type.IsComputedInFloat32();

        Value As(ElementType to, Value value, Value old) => rewrite.Target.Add(new Cast(to), $"{typed.Graph.NameOf(old)} as {to}", 1, value)[0];

        Value Wide(Value old)
        {
            if (!IsStored(old))
                return rewrite.Map(old);
            if (!wide.TryGetValue(old, out Value value))
                wide[old] = value = As(ElementType.Float32, rewrite.Map(old), old);
            return value;
        }

        var outputs = typed.Graph.Outputs.Select(output => output.Value).Concat(typed.Graph.Assignments.Select(one => one.Value)).ToHashSet();
        IEnumerable<ElementType> Types(Node node) => node.Inputs.Concat(node.Outputs).Where(IsStored).Select(value => typed[value].Type);
        // Doubles stay doubles where everything that touches them can: among others they only cost.
        bool doubles = rewrite.Nodes.All(node => Types(node).All(type => type != ElementType.Float64 || node.Op.Computes(type)));
        bool TakesAsStored(Node node) =>
            Types(node).All(node.Op.Computes) && (doubles || node.Op.Computes(ElementType.Float16) || !Types(node).Contains(ElementType.Float64));
        HashSet<Value> readAsStored = [.. rewrite.Nodes.Where(TakesAsStored).SelectMany(node => node.Inputs)];
        foreach (Node node in rewrite.Nodes)
        {
            if (TakesAsStored(node))
            {
                rewrite.Copy(node);
                continue;
            }
            string?[] names = Array.ConvertAll(node.Outputs, old => !old.Exists ? null : typed.Graph.NameOf(old) + (IsStored(old) && outputs.Contains(old) ? " computed" : ""));
            Value[] results = rewrite.Target.Add(node.Op, node.Name, names, Array.ConvertAll(node.Inputs, Wide));
            foreach ((Value old, Value result) in node.Outputs.Zip(results))
            {
                if (!old.Exists)
                    continue;
                rewrite.Replace(old, result);
                if (!IsStored(old))
                    continue;
                wide[old] = result;
                // Who looks at a layer between sees what was computed; an output has the type the model promises.
                if (outputs.Contains(old) || readAsStored.Contains(old))
                    rewrite.Replace(old, As(typed[old].Type, result, old));
            }
        }
    }
}
