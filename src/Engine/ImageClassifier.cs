using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine;

/// <summary>How a network is opened.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Where it runs.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;

    /// <summary>Threads of the CPU; 0 for one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>A file of class names, one a line or a JSON array; null takes those of the file, or those beside it.</summary>
    public string? Labels { get; init; }

    /// <summary>What the network expects of a picture where its file does not say it, as the program's options of the same names:
    /// <c>["contract"] = "imagenet"</c>, <c>["scale"] = "1/255"</c>.</summary>
    public IReadOnlyDictionary<string, string> Preprocessing { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// A network that says what a picture shows. How a picture becomes its input, its labels and where "unknown" begins are read from the
/// file as the program reads them. One thread at a time.
/// </summary>
/// <example><code>
/// using var net = ImageClassifier.Load("squeezenet.onnx");
/// var top = net.Classify(pixels, width, height, PixelFormat.Bgra32);
/// Console.WriteLine($"{top[0].Label} {top[0].Probability:P0}");
/// </code></example>
public sealed class ImageClassifier : IDisposable
{
    private readonly PictureModel model;
    private readonly Device device;
    private readonly Plan plan;
    private readonly PreprocessingCpu preprocessing;
    private readonly Tensor input;
    private readonly Scoring scoring;
    private readonly string output;
    private Picture? picture;

    private ImageClassifier(PictureModel model, Device device, Plan plan)
    {
        (this.model, this.device, this.plan) = (model, device, plan);
        preprocessing = new PreprocessingCpu(model.Contract);
        input = new Tensor(ElementType.Float32, model.InputShape);
        (output, Value scores) = Scoring.OutputOf(model, plan.Lowered.Graph);
        ValueInfo info = plan.Lowered[scores];
        scoring = new Scoring(model, info, Array.ConvertAll(info.Shape.RowMajorStrides(), stride => (long)stride));
    }

    /// <summary>Reads an ONNX file and plans it for one picture at a time.</summary>
    /// <exception cref="LiveCamException">The file cannot be read or run, or ranks no classes of pictures.</exception>
    public static ImageClassifier Load(string path, ClassifierOptions? options = null)
    {
        options ??= new();
        PictureModel model = PictureModel.Load(path, options.Labels, options.Preprocessing);
        if (!model.Classifies)
            throw new LiveCamException($"Classifying with {path}: {string.Join(' ', model.Notes)}");
        Device device = DeviceChoice.Open(options.Device, options.Threads);
        Plan? plan = null;
        try
        {
            plan = Compiler.Compile(model.Graph, device, model.Compilation([]));
            return new ImageClassifier(model, device, plan);
        }
        catch
        {
            plan?.Dispose();
            device.Dispose();
            throw;
        }
    }

    /// <summary>The names of all classes, by index; their numbers where the file has none.</summary>
    public ReadOnlySpan<string> Labels => scoring.Ranking.Labels;

    /// <summary>What computes, for people.</summary>
    public string Device => device.Description;

    /// <summary>What the network expects of a picture.</summary>
    public Preprocessing Contract => model.Contract;

    /// <summary>What is worth knowing about how the file was read, a sentence each: what is a guess, what was found and not used.</summary>
    public IReadOnlyList<string> Notes => model.Notes;

    /// <summary>What a picture shows.</summary>
    /// <param name="pixels">Rows, top row first, without gaps unless <paramref name="stride"/> says otherwise.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="format">How the bytes of a pixel are ordered.</param>
    /// <param name="top">How many classes to tell at most.</param>
    /// <param name="stride">Bytes from the start of a row to the start of the next; 0 for rows without gaps.</param>
    /// <exception cref="ArgumentException">There are fewer bytes than the size says.</exception>
    /// <exception cref="LiveCamException">The size is out of bounds, or the network answered something that is no number.</exception>
    public PictureAnswer Classify(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int top = 5, int stride = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        PixelFormat held = Picture.FormatFor(format);
        if (picture is null || picture.Width != width || picture.Height != height || picture.Format != held)
            picture = new Picture(width, height, held);
        picture.Take(pixels, stride == 0 ? picture.RowBytes : stride, format);
        return Classify(picture, top);
    }

    /// <summary>What a picture shows.</summary>
    /// <param name="top">How many classes to tell at most.</param>
    /// <exception cref="LiveCamException">The network answered something that is no number.</exception>
    public PictureAnswer Classify(Picture picture, int top = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        preprocessing.Run(picture, input.Span<float>(), model.Axes == PictureAxes.Nchw
            ? TensorStrides.Planar(model.Contract.Width, model.Contract.Height)
            : TensorStrides.ChannelsLast(model.Contract.Width, model.Contract.Channels));
        plan.Write(model.Input.Name, input);
        plan.Run();
        scoring.Accept(plan.Read(output).Span<float>());
        var guesses = new Guess[Math.Min(top, scoring.Ranking.Classes)];
        scoring.Rank(guesses);
        return new(guesses, scoring.CertaintyOf(guesses[0]));
    }

    /// <summary>The probabilities of all classes of the picture looked at last, by index.</summary>
    public ReadOnlySpan<float> Probabilities => scoring.Ranking.Probabilities;

    /// <summary>Ends the plan and its device.</summary>
    public void Dispose()
    {
        plan.Dispose();
        device.Dispose();
    }
}

/// <summary>What a network says about a picture: its most probable classes, best first.</summary>
public sealed class PictureAnswer : IReadOnlyList<Guess>
{
    private readonly Guess[] guesses;

    internal PictureAnswer(Guess[] guesses, Certainty? certainty) => (this.guesses, Certainty) = (guesses, certainty);

    /// <summary>How sure the answer is, by the borders that a taught file brings; null for a file that brings none.</summary>
    public Certainty? Certainty { get; }

    /// <summary>Whether the picture shows nothing that was taught.</summary>
    public bool IsUnknown => Certainty == Training.Heads.Certainty.Unknown;

    /// <inheritdoc/>
    public Guess this[int index] => guesses[index];

    /// <inheritdoc/>
    public int Count => guesses.Length;

    /// <inheritdoc/>
    public IEnumerator<Guess> GetEnumerator() => ((IEnumerable<Guess>)guesses).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => guesses.GetEnumerator();
}
