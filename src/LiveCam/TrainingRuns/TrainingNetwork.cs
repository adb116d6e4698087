using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.TrainingRuns;

/// <summary>A network that is about to learn.</summary>
/// <param name="Model">With contract and labels. Training changes its parameters in place, so that it can be written at any time.</param>
/// <param name="Logits">The value the loss is taken of, before any softmax, by name.</param>
/// <param name="Frozen">Parameters that keep their value.</param>
/// <param name="Auxiliary">Values whose loss counts beside it, by name.</param>
internal sealed record TrainingNetwork(PictureModel Model, string Logits, IReadOnlySet<Parameter> Frozen, IReadOnlyList<string> Auxiliary)
{
    /// <summary>Builds or reads what a recipe names, made for the classes, the colours and the size of the training pictures.</summary>
    /// <exception cref="LiveCamException">There is no such network or layer, or it cannot be made for these pictures.</exception>
    public static TrainingNetwork Create(TrainingRecipe recipe, DataSet train)
    {
        bool isFile = File.Exists(recipe.Model) || !NetworkTable.TryFind(recipe.Model, out _);
        PictureModel model = isFile ? Read(recipe, train) : Build(recipe, train);
        var metadata = new Dictionary<string, string>(model.Metadata);
        if (train.IsMultiLabel) metadata[PictureModel.IndependentKey] = "true";
        else metadata.Remove(PictureModel.IndependentKey);
        model = model with { Metadata = metadata };
        if (model.Axes != PictureAxes.Nchw)
            throw new LiveCamException($"Cannot train {recipe.Model}: its pictures are N,H,W,C, but training takes N,C,H,W; convert the file.");
        return new(model, model.Graph.NameOf(ClassifierHead.Logits(model.Graph)), recipe.Freeze is { } layer ? Freezing.UpTo(model.Graph, layer) : new HashSet<Parameter>(),
            !isFile && NetworkTable.TryFind(recipe.Model, out NetworkFamily? family) ? family.Auxiliary : []);
    }

    private static PictureModel Build(TrainingRecipe recipe, DataSet train)
    {
        NetworkTable.TryFind(recipe.Model, out NetworkFamily? family);
        if (!family!.Classifies)
            throw new LiveCamException($"Cannot train {family.Name} with classes of pictures: it answers with {family.Task.ToString().ToLowerInvariant()}; the networks that classify are {NetworkTable.Classifiers}.");
        NetworkChoice usual = family.Usual;
        int size = !family.IsFixedSize && train.PictureSize is { } known ? Math.Max(known.Width, known.Height) : usual.Size;
        int channels = PictureStatistics.IsGray(train) ? 1 : 3;
        Preprocessing start = new() { Width = size, Height = size, Channels = channels, Mean = ChannelValues.All(0, channels), StandardDeviation = ChannelValues.All(1, channels) };
        Preprocessing contract = PreprocessingOptions.Parse(recipe.Preprocessing, start);
        if (contract.Width != contract.Height)
            throw new LiveCamException($"Cannot build {family.Name} for pictures of {contract.Width}x{contract.Height}: it takes square ones; give --width and --height the same.");
        contract = PictureStatistics.Normalize(contract, train, 
            mean: !recipe.Preprocessing.Keys.Any(key => key is "mean" or "contract"), deviation: !recipe.Preprocessing.Keys.Any(key => key is "std" or "contract"));
        Graph graph = family.Build(usual with { Classes = train.Classes.Count, Channels = contract.Channels, Size = contract.Width, Seed = recipe.Seed });
        return new()
        {
            Name = family.Name,
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = PictureAxes.Nchw,
            Contract = contract,
            Labels = new(train.Name, train.Classes),
        };
    }

    private static PictureModel Read(TrainingRecipe recipe, DataSet train)
    {
        if (!File.Exists(recipe.Model) && !Path.HasExtension(recipe.Model))
            throw new LiveCamException($"Cannot train {recipe.Model}: there is no such file, and the networks LiveCam builds are {NetworkTable.Classifiers}.");
        PictureModel model = PictureModel.Load(recipe.Model, recipe.Labels, recipe.Preprocessing);
        if (model.Thresholds is not null)
            throw new LiveCamException($"Cannot train {recipe.Model}: it was taught in a project, and what it answers (probabilities and a distance) has no loss; "
                + "teach on with run --project FOLDER, or train the network it was taught on.");
        if (!model.Classifies)
            throw new LiveCamException($"Cannot train {recipe.Model}: it ends in features and not in classes; teach on it with run --project FOLDER.");
        if (recipe.Batch > 1) model = SeveralPictures.Open(model);
        Graph graph = model.Graph;
        Shape shape = Compiler.Infer(graph, model.Compilation([]))[ClassifierHead.Logits(graph)].Shape;
        bool fits = shape.ElementCount == train.Classes.Count && (model.Labels is not { } own || own.Names.SequenceEqual(train.Classes));
        // What it answers now are other classes: its last layer is replaced by a fresh one for these.
        if (!fits) graph = ClassifierHead.Replace(graph, train.Classes.Count, shape.ElementCount, recipe.Seed);
        return model with { Name = Path.GetFileNameWithoutExtension(recipe.Out), Graph = graph, Input = graph.Inputs[0], Labels = new(train.Name, train.Classes) };
    }
}
