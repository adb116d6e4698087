using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Networks;

namespace LiveCam.Commands;

/// <summary>A model planned with contents for its inputs: those filled in, or fixed where operators need them as constants.</summary>
internal static class ModelInputs
{
    /// <summary>The shapes of a model's inputs: of pictures as the contract has them; else as declared, with 1 for what is open.</summary>
    public static Dictionary<string, Shape> Shapes(OnnxModel model, string path)
    {
        Dictionary<string, Shape> shapes = model.Graph.Inputs.ToDictionary(input => input.Name, input => Shape.Create(Array.ConvertAll(input.Extents.Span.ToArray(), x => x < 0 ? 1 : x)));
        if (model.Graph.Inputs is not [{ Extents.Count: 4 } only] || !only.Extents.Skip(1).Any(extent => extent < 0)) return shapes;
        try
        {
            shapes[only.Name] = PictureModel.Of(model, path, null, new Dictionary<string, string>()).InputShape;
        }
        catch (LiveCamException)
        {
            // No network for pictures: any shape is as good.
        }
        return shapes;
    }

    /// <summary>Contents for every input (<see cref="Shapes"/>): floats evenly spread over -1..1 from a fixed seed, zeros for other types.</summary>
    public static List<(string Name, Tensor Value)> Seeded(OnnxModel model, string path)
    {
        Graph graph = model.Graph;
        Dictionary<string, Shape> shapes = Shapes(model, path);
        // Looked at before any of it is taken.
        long limit = new CompileOptions().MemoryLimit;
        double bytes = graph.Inputs.Sum(input => (double)shapes[input.Name].ElementCount * new Tensor(input.Type, []).Bytes.Length);
        if (bytes > limit)
            throw new LiveCamException($"{path}: its {graph.Inputs.Count} inputs take {bytes / (1 << 20):F0} MiB, but the limit is {limit >> 20}; give it smaller ones.");
        var random = new Random(20201);
        var inputs = new List<(string, Tensor)>();
        foreach (GraphInput input in graph.Inputs)
        {
            var tensor = new Tensor(input.Type, shapes[input.Name]);
            if (input.Type == ElementType.Float32)
                foreach (ref float element in tensor.Span<float>()) element = random.NextSingle() * 2 - 1;
            inputs.Add((input.Name, tensor));
        }
        return inputs;
    }

    // More than this is a picture, and a network of nothing but constants would run on the host whatever the device.
    private const int MostFixed = 1024;

    /// <summary>
    /// Plans a model for the shapes of the given inputs and fills them in. Inputs that operators need as constants (a target shape, bounds, an axis)
    /// are fixed, as few as will do: none, the small integers, the single floats behind the first, short lists of them, single floats and small tables of integers.
    /// </summary>
    /// <param name="inputs">In the model's order; names that the model does not have are replaced by position.</param>
    /// <exception cref="LiveCamException">It compiles in none of these ways; the reason is that of the last, which fixes most.</exception>
    public static (OnnxModel Model, Plan Plan) Compile(string path, Device device, IReadOnlyList<(string Name, Tensor Value)> inputs, CompileOptions options)
    {
        LiveCamException? last = null;
        int bound = -1;
        for (int step = 0; step <= 4; step++)
        {
            bool[] isFixed = [.. inputs.Select((input, i) => IsFixed(step, i, input.Value))];
            if (isFixed.Count(x => x) == bound) continue;
            bound = isFixed.Count(x => x);
            try
            {
                return Compile(path, device, inputs, isFixed, options);
            }
            catch (LiveCamException error)
            {
                last = error;
            }
        }
        throw last!;
    }

    private static bool IsFixed(int step, int position, Tensor value) => step switch
    {
        0 => false,
        1 => value.Type != ElementType.Float32 && value.Shape.Rank <= 1,
        2 => IsFixed(1, position, value) || (value.Count == 1 && position > 0),
        3 => IsFixed(2, position, value) || (value.Shape.Rank == 1 && value.Count <= 2 * Shape.MaxRank && position > 0),
        _ => IsFixed(3, position, value) || value.Count == 1 || (value.Type != ElementType.Float32 && value.Count <= MostFixed),
    };

    private static (OnnxModel, Plan) Compile(
        string path, Device device, IReadOnlyList<(string Name, Tensor Value)> inputs, bool[] isFixed, CompileOptions options)
    {
        var constants = new Dictionary<string, Tensor>();
        for (int i = 0; i < inputs.Count; i++)
            if (isFixed[i]) constants[inputs[i].Name] = inputs[i].Value;
        OnnxModel model = OnnxImporter.Import(path, constants: constants);
        if (constants.Count > 0 && model.Graph.Inputs.Count == inputs.Count)
        {
            // Nothing was fixed under these names: the file's stand at the same places.
            constants = Enumerable.Range(0, inputs.Count).Where(i => isFixed[i]).ToDictionary(i => model.Graph.Inputs[i].Name, i => inputs[i].Value);
            model = OnnxImporter.Import(path, constants: constants);
        }
        List<Tensor> given = [.. inputs.Where((_, i) => !isFixed[i]).Select(input => input.Value)];
        if (given.Count != model.Graph.Inputs.Count)
            throw new LiveCamException($"{path} has {model.Graph.Inputs.Count} inputs ({string.Join(", ", model.Graph.Inputs.Select(x => x.Name))}), but {given.Count} are given.");
        var shapes = new Dictionary<string, Shape>();
        for (int i = 0; i < given.Count; i++) shapes[model.Graph.Inputs[i].Name] = given[i].Shape;
        Plan plan = Compiler.Compile(model.Graph, device, options with { InputShapes = shapes });
        try
        {
            for (int i = 0; i < given.Count; i++) plan.Write(model.Graph.Inputs[i].Name, given[i]);
            return (model, plan);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }
}
