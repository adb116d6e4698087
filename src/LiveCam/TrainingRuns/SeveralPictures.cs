using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Networks;

namespace LiveCam.TrainingRuns;

/// <summary>Networks read from files that learn from several pictures a step.</summary>
internal static class SeveralPictures
{
    // What differs in the order of additions between one picture and two stays far below; what mixes pictures does not.
    private const double Tolerance = 1e-3;

    /// <summary>The model for any number of pictures a run; where its file fixes one, its constants are rewritten. Two random pictures prove that each is still answered as alone.</summary>
    /// <exception cref="LiveCamException">The network cannot take several pictures, or mixes them.</exception>
    public static PictureModel Open(PictureModel model)
    {
        Graph graph = OpenBatch.Run(Compiler.Infer(model.Graph, model.Compilation([])));
        CompileOptions two = new() { InputShapes = new Dictionary<string, Shape> { [model.Input.Name] = model.InputShape.With(0, 2) } };
        if (Compiler.Problems(graph, two) is { Count: > 0 } problems) throw Fixed(model, problems[0].TrimEnd('.'));
        var random = new Random(1);
        Tensor pictures = Tensor.Of<float>(model.InputShape.With(0, 2), [.. Enumerable.Range(0, 2 * model.InputShape.ElementCount).Select(_ => random.NextSingle() * 2 - 1)]);
        using var device = new CpuDevice(threads: 1);
        Tensor together = Run(graph, two, pictures), first = Alone(0), second = Alone(1);
        if (together.Shape.Rank == 0 || together.Shape[0] != 2 || together.Count != 2 * first.Count)
            throw Fixed(model, $"its output \"{graph.Outputs[0].Name}\" has the shape {together.Shape} for two pictures");
        float[] alone = [.. first.Span<float>(), .. second.Span<float>()];
        double largest = alone.Max(Math.Abs);
        if (alone.Zip(together.Span<float>().ToArray()).Any(pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance * largest)))
            throw Fixed(model, "two pictures in one run do not get the answers of each alone");
        return model with { Graph = graph, Input = graph.Inputs[0] };

        Tensor Alone(int number) => Run(model.Graph, model.Compilation([]),
            Tensor.Of<float>(model.InputShape, pictures.Span<float>().Slice(number * model.InputShape.ElementCount, model.InputShape.ElementCount)));

        Tensor Run(Graph what, CompileOptions options, Tensor input)
        {
            using Plan plan = Compiler.Compile(what, device, options);
            plan.Write(model.Input.Name, input);
            plan.Run();
            return plan.Read(what.Outputs[0].Name);
        }
    }

    private static LiveCamException Fixed(PictureModel model, string reason) =>
        new($"Cannot train {model.Name} with several pictures a step: {reason}; export it with the number of pictures open, or train it one by one with --batch 1.");
}
