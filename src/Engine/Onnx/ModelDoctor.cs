using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Onnx;

/// <summary>Says everything that keeps a model from running, not just the first thing.</summary>
public static class ModelDoctor
{
    /// <param name="further">Looks at the graph, or at as much of it as could be read: what the compiler says about its shapes.</param>
    /// <returns>One sentence for each problem, naming its node; none when the model can be run.</returns>
    public static IReadOnlyList<string> Examine(string path, ImportLimits? limits = null, Func<Graph, IEnumerable<string>>? further = null)
    {
        var problems = new ModelProblems();
        try
        {
            OnnxModel model = OnnxImporter.Read(path, limits ?? ImportLimits.Default, OpSet.FromOnnx, problems);
            foreach (string problem in further?.Invoke(model.Graph) ?? [])
                problems.Add(problem);
        }
        catch (LiveCamException error)
        {
            problems.Add(error.Message);
        }
        return problems.Sentences;
    }

    /// <summary>The operators that stand in a model file, in the order of their first nodes, whether LiveCam has them or not.</summary>
    /// <exception cref="LiveCamException">The file is missing or damaged, or asks for more than the limits.</exception>
    public static IReadOnlyList<string> Operators(string path, ImportLimits? limits = null)
    {
        using FileStream stream = ModelFile.Open(path, limits ?? ImportLimits.Default);
        return [.. (ModelFile.Model(stream, limits ?? ImportLimits.Default, path, out _).Graph?.Node ?? []).Select(node => node.OpType).Distinct()];
    }
}
