using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>A model of the shared data with its test_data_set_N directories: inputs and what onnxruntime made of them.</summary>
internal sealed class TestData
{
    public Graph Graph { get; }
    public IReadOnlyList<(Tensor[] Inputs, Tensor[] Outputs)> Sets { get; }

    private TestData(Graph graph, IReadOnlyList<(Tensor[], Tensor[])> sets) => (Graph, Sets) = (graph, sets);

    /// <summary>Reads <c>models/mnist-8</c> and the like; skips without the shared data.</summary>
    public static TestData Read(string folder)
    {
        string path = Requirements.Data(folder);
        return new(OnnxImporter.Import(Path.Combine(path, "model.onnx")).Graph,
            [.. Directory.GetDirectories(path, "test_data_set_*").Order().Select(set => (Tensors(set, "input"), Tensors(set, "output")))]);
    }

    /// <summary>The shapes of the inputs of one set.</summary>
    public Dictionary<string, Shape> Shapes(Tensor[] inputs) =>
        Graph.Inputs.Zip(inputs).ToDictionary(pair => pair.First.Name, pair => pair.Second.Shape);

    public void Write(Plan plan, Tensor[] inputs)
    {
        foreach ((GraphInput input, Tensor tensor) in Graph.Inputs.Zip(inputs))
            plan.Write(input.Name, tensor);
    }

    /// <summary>The places of the largest five (or all) of each row, largest first.</summary>
    public static int[][] TopFive(Tensor scores)
    {
        int length = scores.Shape[scores.Shape.Rank - 1];
        return [.. scores.Span<float>().ToArray().Chunk(length)
            .Select(row => Enumerable.Range(0, length).OrderByDescending(i => row[i]).ThenBy(i => i).Take(5).ToArray())];
    }

    private static Tensor[] Tensors(string set, string what)
    {
        var tensors = new List<Tensor>();
        for (string path; File.Exists(path = Path.Combine(set, $"{what}_{tensors.Count}.pb"));)
            tensors.Add(OnnxTensor.Read(path));
        return [.. tensors];
    }
}
