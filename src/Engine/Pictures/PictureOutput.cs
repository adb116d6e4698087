using System.Text.RegularExpressions;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Pictures;

/// <summary>Which output of a network ranks classes, and whether any does.</summary>
internal static partial class PictureOutput
{
    /// <summary>The side that an open extent of the input is tried with; no classifier's answer depends on it.</summary>
    private const int UsualSide = 224;

    /// <summary>The shape of the first output for one picture and how many scores it holds, 0 where it is no row of floats; null where the network cannot be run.</summary>
    public static (Shape Shape, int Scores)? Of(Graph graph, PictureInput input) => Typed(graph, input) is { } typed ? Measure(typed, graph.Outputs[0].Value) : null;

    /// <summary>The output to take: the one somebody named, the only one, or the likeliest, which is said.</summary>
    /// <exception cref="LiveCamException">There is no output of that name.</exception>
    public static string Choose(Graph graph, PictureInput input, string path, string? wish, List<string> notes)
    {
        string names = string.Join(", ", graph.Outputs.Select(output => output.Name));
        if (wish is not null)
            return graph.Outputs.Any(output => output.Name == wish) ? wish : throw new LiveCamException($"Cannot take the output \"{wish}\" of {path}: its outputs are {names}.");
        if (graph.Outputs.Count == 1) return graph.Outputs[0].Name;
        TypedGraph? typed = Typed(graph, input);
        string best = graph.Outputs.Select((output, i) => (output.Name, Likelihood: Likelihood(output.Name, typed is null ? 0 : Measure(typed, output.Value).Scores), i))
            .OrderByDescending(output => output.Likelihood).ThenBy(output => output.i).First().Name;
        notes.Add($"{path} has {graph.Outputs.Count} outputs ({names}); \"{best}\" is taken for the classes, and --output names another.");
        return best;
    }

    /// <summary>What the features are called where a network without labels ends in them instead of classes; null where it ranks classes.</summary>
    public static string? Features(Graph graph, Shape shape, int scores)
    {
        (string name, Value value) = graph.Outputs[0];
        bool isCalledSo = FeatureName().IsMatch(name);
        if (scores == 0 && shape.ElementCount > 1 || isCalledSo || scores >= 128 && scores % 32 == 0 && ScoreKinds.EndsInFeatures(graph, value)) return $"\"{name}\", {shape}";
        return null;
    }

    private static int Likelihood(string name, int scores) =>
        (scores > 1 ? 4 : scores == 1 ? 1 : 0) + (ClassName().IsMatch(name) ? 2 : 0) - (FeatureName().IsMatch(name) ? 3 : 0);

    private static (Shape Shape, int Scores) Measure(TypedGraph typed, Value output)
    {
        ValueInfo info = typed[output];
        int count = info.Shape.ElementCount;
        return (info.Shape, info.Type == ElementType.Float32 && (info.Shape.Rank == 0 || info.Shape.Span.Contains(count)) ? count : 0);
    }

    private static TypedGraph? Typed(Graph graph, PictureInput input)
    {
        GraphInput own = graph.Inputs[0];
        int[] extents = [.. own.Extents];
        for (int i = 0; i < extents.Length; i++)
            if (extents[i] <= 0) extents[i] = i == 0 ? 1 : extents.Length == 4 && i == input.Axes.Channel ? input.Sides.Channels : UsualSide;
        try
        {
            return Compiler.Infer(graph, new() { InputShapes = new Dictionary<string, Shape> { [own.Name] = Shape.Create(extents) } });
        }
        catch (LiveCamException)
        {
            // Whoever plans the network says what keeps it from running.
            return null;
        }
    }

    [GeneratedRegex("logit|prob|softmax|class|label|score|pred", RegexOptions.IgnoreCase)]
    private static partial Regex ClassName();

    [GeneratedRegex("feature|embed|hidden_state|pooler|aux", RegexOptions.IgnoreCase)]
    private static partial Regex FeatureName();
}
