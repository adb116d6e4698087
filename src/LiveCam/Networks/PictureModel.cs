using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Which axis of a network's input is which.</summary>
public readonly record struct PictureAxes(int Channel, int Row, int Column)
{
    public static PictureAxes Nchw => new(1, 2, 3);
    public static PictureAxes Nhwc => new(3, 1, 2);
}

/// <summary>A network that looks at one picture at a time: its graph, and how a picture becomes its input. It knows no device.</summary>
public sealed record PictureModel
{
    /// <summary>What to call it on screen.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was read; null for the built-in network.</summary>
    public string? Path { get; init; }
    public required Graph Graph { get; init; }
    public required GraphInput Input { get; init; }
    public required PictureAxes Axes { get; init; }
    public required Preprocessing Contract { get; init; }

    /// <summary>What the file says about itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the labels were found, and all of them; null where there are none.</summary>
    public (string Where, IReadOnlyList<string> Names)? Labels { get; init; }

    /// <summary>Where "unknown" and "sure" begin, for a model that was taught; null for others.</summary>
    public Borders? Borders { get; init; }

    /// <summary>The metadata of a network that learned label by label: its output are logits of each class by itself.</summary>
    public const string IndependentKey = "livecam.independent";

    /// <summary>What its scores are.</summary>
    public ScoreKind Scores => Borders is not null ? ScoreKind.Exclusive : Metadata.ContainsKey(IndependentKey) ? ScoreKind.Logits
        : Graph.Nodes.Any(node => node.Op is Engine.Ops.Sigmoid && node.Outputs[0] == Graph.Outputs[0].Value) ? ScoreKind.Probabilities : ScoreKind.Exclusive;

    /// <summary>The layer to show when nobody chooses one, and what its channels are called.</summary>
    public string? DefaultLayer { get; init; }
    public IReadOnlyList<string>? ChannelNames { get; init; }

    /// <summary>Whether the output ranks classes.</summary>
    public bool Classifies { get; init; } = true;

    public Shape InputShape
    {
        get
        {
            Span<int> extents = stackalloc int[4];
            (extents[0], extents[Axes.Channel], extents[Axes.Row], extents[Axes.Column]) = (1, Contract.Channels, Contract.Height, Contract.Width);
            return Shape.Create(extents);
        }
    }

    public CompileOptions Compilation(IReadOnlyCollection<string> keep) =>
        new() { InputShapes = new Dictionary<string, Shape> { [Input.Name] = InputShape }, Keep = keep };

    /// <summary>Reads an ONNX file and settles its contract and labels.</summary>
    /// <param name="labels">A label file; null looks in the model's metadata, then for <c>labels.txt</c> beside the model.</param>
    /// <param name="preprocessing">Command-line options, as <see cref="PreprocessingOptions"/> takes them.</param>
    /// <exception cref="LiveCamException">The file cannot be run, or is no network for pictures.</exception>
    public static PictureModel Load(string path, string? labels, IReadOnlyDictionary<string, string> preprocessing)
    {
        PictureModel model = Of(OnnxImporter.Import(path), path, labels, preprocessing);
        if (model.Borders is not null)
        {
            TaughtNetwork.Join(model.Graph);
            return model;
        }
        return model.Graph.Outputs.Count == 1 ? model : throw new LiveCamException($"Cannot classify with {path}: it has {model.Graph.Outputs.Count} outputs "
            + $"({string.Join(", ", model.Graph.Outputs.Select(output => output.Name))}), but a classifier has one; `livecam bench` and `livecam inspect` take any model.");
    }

    /// <summary>As <see cref="Load"/> for a file that was read already; it may have any outputs.</summary>
    /// <exception cref="LiveCamException">It is no network for pictures.</exception>
    public static PictureModel Of(OnnxModel model, string path, string? labels, IReadOnlyDictionary<string, string> preprocessing)
    {
        (GraphInput input, PictureAxes axes) = InputOf(path, model.Graph);
        return new()
        {
            Name = NameOf(path),
            Path = path,
            Graph = model.Graph,
            Metadata = model.Metadata,
            Input = input,
            Axes = axes,
            Contract = PreprocessingJson.Resolve(path, model.Metadata, preprocessing,
                input.Extents[axes.Channel], input.Extents[axes.Row], input.Extents[axes.Column]),
            Labels = FindLabels(path, labels, model.Metadata),
            Borders = TaughtBorders.Read(path, model.Metadata, model.Graph),
        };
    }

    /// <summary>The network of the lectures' kernels: no file, no classes.</summary>
    public static PictureModel BuiltIn(IReadOnlyDictionary<string, string> preprocessing)
    {
        Preprocessing contract = PreprocessingOptions.Parse(preprocessing, new() { Width = 320, Height = 240 });
        if (contract.Channels != 3)
            throw new LiveCamException($"The built-in network looks at three colours, but the preprocessing makes {contract.Channels} channel; leave --channels out.");
        Graph graph = LectureKernels.Build(contract.Height, contract.Width);
        return new()
        {
            Name = "the lectures' kernels",
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = PictureAxes.Nchw,
            Contract = contract,
            DefaultLayer = LectureKernels.Layer,
            ChannelNames = LectureKernels.ChannelNames,
            Classifies = false,
        };
    }

    private static (GraphInput, PictureAxes) InputOf(string path, Graph graph)
    {
        if (graph.Inputs.Count != 1)
            throw new LiveCamException($"Cannot feed pictures to {path}: it has {graph.Inputs.Count} inputs "
                + $"({string.Join(", ", graph.Inputs.Select(x => x.Name))}), but a network for pictures has one; `livecam bench` and `livecam inspect` take any model.");
        GraphInput input = graph.Inputs[0];
        Ints extents = input.Extents;
        string declared = $"{input.Type} {string.Join('x', extents.Select(x => x < 0 ? "?" : x.ToString()))}";
        if (input.Type != ElementType.Float32 || extents.Count != 4 || extents[0] > 1)
            throw new LiveCamException($"Cannot feed pictures to {path}: its input \"{input.Name}\" is {declared}, but one picture is Float32 1x3xHxW or 1x1xHxW; is it a network for pictures?");
        bool first = extents[1] is 1 or 3, last = extents[3] is 1 or 3;
        if (!first && !last)
            throw new LiveCamException($"Cannot feed pictures to {path}: its input \"{input.Name}\" is {declared}, which has no axis of 1 or 3 channels; is it a network for pictures?");
        return (input, first ? PictureAxes.Nchw : PictureAxes.Nhwc);
    }

    private static (string, IReadOnlyList<string>)? FindLabels(string path, string? labels, IReadOnlyDictionary<string, string> metadata)
    {
        if (labels is not null)
            return (labels, Engine.Vision.Labels.Load(labels));
        if (metadata.TryGetValue(Engine.Vision.Labels.MetadataKey, out string? text))
            return ($"the metadata of {path}", Engine.Vision.Labels.Parse(text, $"the metadata of {path}"));
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", "labels.txt");
        return File.Exists(beside) ? (beside, Engine.Vision.Labels.Load(beside)) : null;
    }

    /// <summary>The file's name, or its folder's where every file is called model.onnx.</summary>
    private static string NameOf(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return name == "model" && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))) is { Length: > 0 } folder ? folder : name;
    }
}
