using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Pictures;

/// <summary>Which axis of a network's input is which.</summary>
public readonly record struct PictureAxes(int Channel, int Row, int Column)
{
    public static PictureAxes Nchw => new(1, 2, 3);
    public static PictureAxes Nhwc => new(3, 1, 2);

    /// <summary>Elements between neighbouring rows, columns and channels of a picture in memory.</summary>
    public TensorStrides Strides(MemoryFormat form)
    {
        long[] strides = form.Strides;
        return new(checked((int)strides[Row]), checked((int)strides[Column]), checked((int)strides[Channel]));
    }
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

    /// <summary>All labels; null where there are none.</summary>
    public Labels? Labels { get; init; }

    /// <summary>Where "unknown" and "sure" begin, for a model that was taught; null for others.</summary>
    public Thresholds? Thresholds { get; init; }

    /// <summary>The metadata of a network that learned label by label: its output are logits of each class by itself.</summary>
    public const string IndependentKey = "livecam.independent";

    /// <summary>What its scores are.</summary>
    /// <param name="count">Scores for one picture.</param>
    public ScoreKind ScoresOf(int count) => Thresholds is not null ? ScoreKind.Exclusive
        : Metadata.ContainsKey(IndependentKey) ? ScoreKind.Logits : ScoreKinds.Of(Graph, Graph.Outputs[0].Value, count);

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

    /// <summary>What is worth knowing about how it was read, a sentence each: what is a guess, what was found and not used.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether nobody says how pixels become this network's numbers.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Reads an ONNX file and settles its contract, its labels and which of its outputs ranks classes.</summary>
    /// <param name="labels">A label file; null looks in the model's metadata, then beside the model.</param>
    /// <param name="preprocessing">Command-line options, as <see cref="PreprocessingOptions"/> takes them.</param>
    /// <param name="output">The output that ranks classes; null takes the likeliest.</param>
    /// <exception cref="LiveCamException">The file cannot be run, or is no network for pictures.</exception>
    public static PictureModel Load(string path, string? labels, IReadOnlyDictionary<string, string> preprocessing, string? output = null)
    {
        PictureModel model = Of(OnnxImporter.Import(path), path, labels, preprocessing, output);
        if (model.Thresholds is not null) TaughtNetwork.Join(model.Graph);
        return model;
    }

    /// <summary>As <see cref="Load"/> for a file that was read already.</summary>
    /// <exception cref="LiveCamException">It is no network for pictures.</exception>
    public static PictureModel Of(OnnxModel file, string path, string? labels, IReadOnlyDictionary<string, string> preprocessing, string? output = null)
    {
        var notes = new List<string>(file.Notes.Select(note => $"{path}: {note}"));
        var form = PictureInput.Of(path, file.Graph);
        Thresholds? borders = TaughtThresholds.Read(path, file.Metadata, file.Graph);
        string? preset = InputNormalization.PresetOf(file.Graph, file.Graph.Inputs[0].Value);
        Graph graph = borders is null ? form.Adapt(file.Graph, path, output, notes) : file.Graph;
        (Shape Shape, int Scores)? answer = borders is null ? PictureOutput.Of(graph, form) : null;
        int classes = answer is { Scores: 1 } && !file.Metadata.ContainsKey(IndependentKey) ? 2 : answer?.Scores ?? 0;
        ModelContract contract = ModelContract.Read(path, file.Metadata, form.Sides, preset, preprocessing, labels, classes);
        notes.AddRange(contract.Notes);
        if (contract.IsGuess) notes.Add(ModelContract.GuessNote(path, contract.Preprocessing));
        string? features = answer is { } found && contract.Labels is null ? PictureOutput.Features(graph, found.Shape, found.Scores) : null;
        if (features is not null) notes.Add($"{path} ranks no classes: its output {features}, holds features, or is for another task; run --project FOLDER teaches on it.");
        return new()
        {
            Name = NameOf(path),
            Path = path,
            Graph = graph,
            Metadata = file.Metadata,
            Input = graph.Inputs[0],
            Axes = form.Axes,
            Contract = contract.Preprocessing,
            Labels = contract.Labels,
            Thresholds = borders,
            Notes = notes,
            IsGuess = contract.IsGuess,
            Classifies = features is null,
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

    /// <summary>The file's name, or its folder's where every file is called model.onnx.</summary>
    private static string NameOf(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return name == "model" && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))) is { Length: > 0 } folder ? folder : name;
    }
}
