using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>A picture model planned on one device: pictures in, scores out, one kept layer readable. For one thread.</summary>
public abstract class Classifier : IDisposable
{
    private readonly Scoring? scoring;
    private float[] answer = [];

    public PictureModel Model { get; }
    public Device Device { get; }
    public Plan Plan { get; }

    /// <summary>The layer that is kept, as the model names it; null for none.</summary>
    public string? Layer { get; }

    /// <summary>Shape of <see cref="Layer"/> in the model's axes.</summary>
    public Shape LayerShape => Layer is null ? Shape.Scalar : Plan.Lowered[KeptValue].Shape;

    /// <summary>The layer whose channels are features to teach with, as the model names it; null for none.</summary>
    public string? Features { get; }

    /// <summary>How many features: that layer's channels.</summary>
    public int FeatureCount => Features is null ? 0 : FeatureVector.Count(Plan.Lowered[FeatureValue].Shape, Model.Axes);

    /// <summary>Milliseconds of the last run: preprocessing, network and reading the answer.</summary>
    public double InferMilliseconds { get; private set; }

    /// <summary>Of these, preprocessing alone where it is timed by itself.</summary>
    public double PreprocessMilliseconds { get; protected set; }

    /// <summary>Whether what the network sees is shown number by number: the lectures' kernels.</summary>
    public bool ShowsInput => !Model.Classifies && Model.ChannelNames is not null;

    protected Value InputValue { get; }
    protected Value OutputValue { get; }
    protected Value KeptValue { get; }
    protected Value FeatureValue { get; }

    private protected Classifier(PictureModel model, Device device, Plan plan, string? layer, string? features)
    {
        (Model, Device, Plan, Layer, Features) = (model, device, plan, layer, features);
        FeatureValue = features is null ? Value.None : plan.Lowered.Find(features);
        InputValue = plan.Lowered.Find(model.Input.Name);
        OutputValue = Scoring.OutputOf(model, plan.Lowered.Graph).Value;
        KeptValue = layer is null ? Value.None : plan.Lowered.Find(layer);
        Kernels = KernelsOf(plan.Lowered, KeptValue);
        if (model.Classifies) scoring = new Scoring(model, plan.Lowered[OutputValue], FormOf(OutputValue).Strides);
    }

    /// <summary>Plans the model.</summary>
    /// <param name="layer">The layer to keep, <c>""</c> for one in the middle of the network, null for none.</param>
    /// <param name="features">A layer to read features from; null for none.</param>
    /// <exception cref="LiveCamException">The model cannot be run there, ranks no classes, or has no such layer.</exception>
    public static Classifier Create(PictureModel model, Device device, string? layer = null, string? features = null)
    {
        if (layer is "") layer = model.DefaultLayer ?? PictureLayers.Middle(model, device);
        Plan plan = Compiler.Compile(model.Graph, device, model.Compilation([.. new[] { layer, features }.OfType<string>().Distinct()]));
        try
        {
            return plan is GlPlan gl ? new GlClassifier(model, (GlDevice)device, gl, layer, features) : new CpuClassifier(model, device, (CpuPlan)plan, layer, features);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network on a picture, to the end.</summary>
    public void Run(Picture picture)
    {
        long start = Stopwatch.GetTimestamp();
        Infer(picture);
        if (scoring is not null) Accept(Fetch(OutputValue, ref answer));
        InferMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Takes the scores out of the output's memory, and the distance of a model that was taught.</summary>
    protected void Accept(ReadOnlySpan<float> values) => scoring!.Accept(values);

    /// <summary>The best classes of the last run; see <see cref="Ranking.Rank"/>. None where the network ranks no classes.</summary>
    public int Rank(Span<Guess> top) => scoring?.Rank(top) ?? 0;

    /// <summary>The probability of every class as it was last ranked.</summary>
    public ReadOnlySpan<float> Probabilities => scoring is null ? default : scoring.Ranking.Probabilities;

    /// <summary>The best classes by probabilities that several runs gave together.</summary>
    public int Best(ReadOnlySpan<float> probabilities, Span<Guess> top) => scoring?.Ranking.Best(probabilities, top) ?? 0;

    /// <summary>How sure the last run is of its best class, where the model was taught; null for others.</summary>
    public Certainty? CertaintyOf(Guess best) => scoring?.CertaintyOf(best);

    /// <summary>The kept layer's memory after the last run, valid until the next, and how its elements lie in it.</summary>
    /// <param name="buffer">Holds a copy where the layer lies in another memory; grown as needed.</param>
    public ReadOnlySpan<float> ReadLayer(ref float[] buffer, out MemoryFormat form)
    {
        form = FormOf(KeptValue);
        return Fetch(KeptValue, ref buffer);
    }

    /// <summary>The features of the last run, each the mean of its channel.</summary>
    /// <param name="features"><see cref="FeatureCount"/> numbers, overwritten.</param>
    public abstract void ReadFeatures(Span<float> features);

    /// <summary>The network's input after the last run, like <see cref="ReadLayer"/>.</summary>
    public ReadOnlySpan<float> ReadInput(ref float[] buffer, out MemoryFormat form)
    {
        form = FormOf(InputValue);
        return Fetch(InputValue, ref buffer);
    }

    /// <summary>The weights of the step that computes the kept layer: KxCxRxS of a convolution, two axes of a matrix product; null where it has none.</summary>
    public Parameter? Kernels { get; private set; }

    /// <summary>Smooths the last run's probabilities into the answer.</summary>
    public void Steady(Steadying steadying, Answer answer)
    {
        if (scoring is null) return;
        if (Model.Thresholds is { } borders) steadying.Follow(borders, scoring.Distance, scoring.Ranking.Probabilities, scoring.Ranking.Labels, answer);
        else steadying.Follow(scoring.Ranking.Probabilities, scoring.Ranking.Labels, answer);
    }

    public virtual void Dispose() => Plan.Dispose();

    protected abstract MemoryFormat FormOf(Value value);

    /// <summary>Where the channels of the feature layer lie.</summary>
    protected ChannelPlaces FeaturePlaces() => FeatureVector.Places(FormOf(FeatureValue), Plan.Lowered[FeatureValue].Shape, Model.Axes);

    /// <summary>Preprocesses and runs the network.</summary>
    protected abstract void Infer(Picture picture);

    /// <summary>A value's memory from its first element on: the device's own, or a copy in <paramref name="buffer"/>.</summary>
    protected abstract ReadOnlySpan<float> Fetch(Value value, ref float[] buffer);

    private static Parameter? KernelsOf(LoweredGraph schedule, Value layer)
    {
        foreach (Node node in schedule.Nodes)
            if (layer.Exists && node.Outputs.Contains(layer))
                foreach (Value input in node.Inputs)
                    if (input.Exists && schedule.Graph.Parameters.TryGetValue(input, out Parameter? weights) && weights.Shape.Rank is 2 or 4 && weights.Type == ElementType.Float32)
                        return weights;
        return null;
    }
}
