using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Learning;

/// <summary>A network that is about to learn.</summary>
/// <param name="Model">With contract and labels. Training changes its parameters in place, so that it can be written at any time.</param>
/// <param name="Logits">The value the loss is taken of, before any softmax; null for the output.</param>
/// <param name="Frozen">Parameters that keep their value.</param>
internal sealed record TrainingNetwork(PictureModel Model, string? Logits, IReadOnlySet<Parameter> Frozen)
{
    /// <summary>Builds or reads what a recipe names, made for the classes, the colours and the size of the training pictures.</summary>
    /// <exception cref="LiveCamException">There is no such network or layer, or it cannot be made for these pictures.</exception>
    public static TrainingNetwork Create(TrainingRecipe recipe, DataSet train)
    {
        bool isFile = File.Exists(recipe.Model) || !NetworkTable.TryFind(recipe.Model, out _);
        PictureModel model = isFile ? Read(recipe, train) : Build(recipe, train);
        if (model.Axes != PictureAxes.Nchw)
            throw new LiveCamException($"Cannot train {recipe.Model}: its pictures are N,H,W,C, but training takes N,C,H,W; convert the file.");
        return new(model, LogitsOf(model.Graph), FrozenBy(recipe, model.Graph));
    }

    private static PictureModel Build(TrainingRecipe recipe, DataSet train)
    {
        NetworkTable.TryFind(recipe.Model, out NetworkFamily? family);
        NetworkChoice usual = family!.Usual;
        int size = !family.IsFixedSize && train.PictureSize is { } known ? Math.Max(known.Width, known.Height) : usual.Size;
        int channels = PictureStatistics.IsGray(train) ? 1 : 3;
        Preprocessing start = new() { Width = size, Height = size, Channels = channels, Mean = ChannelValues.All(0, channels), StandardDeviation = ChannelValues.All(1, channels) };
        Preprocessing contract = PreprocessingOptions.Parse(recipe.Preprocessing, start);
        if (contract.Width != contract.Height)
            throw new LiveCamException($"Cannot build {family.Name} for pictures of {contract.Width}x{contract.Height}: it takes square ones; give --width and --height the same.");
        contract = PictureStatistics.Normalize(contract, train, mean: !recipe.Preprocessing.ContainsKey("mean"), deviation: !recipe.Preprocessing.ContainsKey("std"));
        Graph graph = family.Build(usual with { Classes = train.Classes.Count, Channels = contract.Channels, Size = contract.Width, Seed = recipe.Seed });
        return new()
        {
            Name = family.Name,
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = PictureAxes.Nchw,
            Contract = contract,
            Labels = (train.Name, train.Classes),
        };
    }

    private static PictureModel Read(TrainingRecipe recipe, DataSet train)
    {
        if (!File.Exists(recipe.Model) && !Path.HasExtension(recipe.Model))
            throw new LiveCamException($"Cannot train {recipe.Model}: there is no such file, and the networks LiveCam builds are {string.Join(", ", NetworkTable.All.Select(one => one.Name))}.");
        PictureModel model = PictureModel.Load(recipe.Model, recipe.Labels, recipe.Preprocessing);
        Graph graph = model.Graph;
        Value output = Compilable(graph, LogitsOf(graph));
        Shape shape = Engine.Compiler.Infer(graph, model.Compilation([]))[output].Shape;
        bool fits = shape.ElementCount == train.Classes.Count && (model.Labels is not { } own || own.Names.SequenceEqual(train.Classes));
        // What it answers now are other classes: its last layer is replaced by a fresh one for these.
        if (!fits) graph = NewHead.On(graph, train.Classes.Count, recipe.Seed);
        return model with { Name = Path.GetFileNameWithoutExtension(recipe.Out), Graph = graph, Input = graph.Inputs[0], Labels = (train.Name, train.Classes) };
    }

    private static Value Compilable(Graph graph, string? name) => name is not null && graph.TryFind(name, out Value value) ? value : graph.Outputs[0].Value;

    /// <summary>What stands before a softmax at the end, where there is one.</summary>
    private static string? LogitsOf(Graph graph)
    {
        Value output = graph.Outputs[0].Value;
        Node? last = graph.Nodes.FirstOrDefault(node => node.Outputs[0] == output);
        return last?.Op is Softmax or Sigmoid ? graph.NameOf(last.Inputs[0]) : null;
    }

    /// <summary>The parameters of a layer and of all that it depends on.</summary>
    private static HashSet<Parameter> FrozenBy(TrainingRecipe recipe, Graph graph)
    {
        var frozen = new HashSet<Parameter>();
        if (recipe.Freeze is not { } layer) return frozen;
        Node last = graph.Nodes.FirstOrDefault(node => node.Name == layer || node.Outputs.Any(value => value.Exists && graph.NameOf(value) == layer))
            ?? throw new LiveCamException($"Cannot freeze up to \"{layer}\": the network has no such layer; it has {Few(graph)}.");
        var wanted = new HashSet<Value>(last.Inputs);
        foreach (Node node in graph.Nodes.Reverse())
            if (node.Outputs.Any(wanted.Contains)) wanted.UnionWith(node.Inputs);
        foreach ((Value value, Parameter parameter) in graph.Parameters)
            if (wanted.Contains(value)) frozen.Add(parameter);
        return frozen;
    }

    private static string Few(Graph graph)
    {
        string[] layers = [.. graph.Nodes.Where(node => node.Op is Conv2d or Gemm or MatMul or BatchNormalization or MaxPool or Add).Select(node => node.Name)];
        return layers.Length <= 24 ? string.Join(", ", layers) : $"{string.Join(", ", layers.Take(24))} and {layers.Length - 24} more (`livecam inspect` lists them)";
    }
}
