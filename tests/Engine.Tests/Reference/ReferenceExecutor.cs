using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Runs a graph node by node in double precision, by the references alone.</summary>
internal static class ReferenceExecutor
{
    /// <returns>Every value of the graph that the inputs determine, and the terms along the longest path to it.</returns>
    public static Dictionary<Value, (Doubles Value, int Terms)> Run(Graph graph, IReadOnlyDictionary<string, Doubles> inputs)
    {
        var values = new Dictionary<Value, (Doubles Value, int Terms)>();
        foreach (GraphInput input in graph.Inputs)
            values[input.Value] = (inputs[input.Name], 0);
        foreach ((Value value, Parameter parameter) in graph.Parameters)
            values[value] = (Doubles.From(parameter.Value), 0);
        foreach (Node node in graph.Nodes)
        {
            Answer answer = References.Of(node.Op, Array.ConvertAll(node.Inputs, value => value.Exists ? values[value].Value : null));
            int before = node.Inputs.Where(value => value.Exists).Select(value => values[value].Terms).DefaultIfEmpty().Max();
            for (int i = 0; i < node.Outputs.Length; i++)
                if (node.Outputs[i].Exists)
                    values[node.Outputs[i]] = (answer.Outputs[i], before + answer.Terms);
        }
        return values;
    }
}
