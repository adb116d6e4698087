using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Turns what depends only on parameters into parameters: values already known from shape inference (the
/// Shape-Gather-Unsqueeze-Concat chains exporters emit) at once, others when they are first needed.
/// </summary>
internal static class FoldConstants
{
    /// <param name="budget">What all folded values together may take.</param>
    public static void Run(Rewrite rewrite, Evaluate evaluate, ConstantBudget budget)
    {
        var folded = new Dictionary<Value, Parameter>();
        Parameter? ParameterOf(Value value) => rewrite.Parameter(value) ?? folded.GetValueOrDefault(value);

        foreach (Node node in rewrite.Nodes)
        {
            Value[] outputs = [.. node.Outputs.Where(value => value.Exists)];
            bool known = outputs.All(value => rewrite.Source[value].Known is not null);
            if (!known && node.Inputs.Any(value => value.Exists && ParameterOf(value) is null))
            {
                rewrite.Copy(node);
                continue;
            }
            if (!known) budget.TakeFlop(node, rewrite.Source);
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                Value output = node.Outputs[i];
                if (!output.Exists)
                    continue;
                ValueInfo info = rewrite.Source[output];
                budget.TakeBytes(node, info);
                // What comes from parameters follows them when they are trained; what comes from shapes never changes.
                folded[output] = info.Known is { } tensor && node.Inputs.Any(value => value.Exists && ParameterOf(value) is null)
                    ? new Parameter(rewrite.Source.Graph.NameOf(output), tensor)
                    : Derive(rewrite, node, i, info, ParameterOf, evaluate);
                rewrite.Replace(output, rewrite.Target.Parameter(folded[output]));
            }
        }
    }

    private static Parameter Derive(
        Rewrite rewrite, Node node, int output, ValueInfo info, Func<Value, Parameter?> parameterOf, Evaluate evaluate)
    {
        Parameter?[] sources = Array.ConvertAll(node.Inputs, value => value.Exists ? parameterOf(value) : null);
        return Parameter.Derived(rewrite.Source.Graph.NameOf(node.Outputs[output]), info.Type, info.Shape,
            [.. sources.OfType<Parameter>()],
            () => evaluate(node, Array.ConvertAll(sources, source => source?.Value))?[output]
                ?? throw new LiveCamException($"{node.Op.Name} \"{node.Name}\": its constant result could not be computed."));
    }
}
