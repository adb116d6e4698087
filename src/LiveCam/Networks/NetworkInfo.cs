using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>A layer as the list shows it.</summary>
/// <param name="Name">The value's name in the model.</param>
/// <param name="Op">What computes it.</param>
/// <param name="Step">The plan's step that computes it.</param>
public readonly record struct LayerInfo(string Name, string Op, Shape Shape, int Step)
{
    /// <summary>What it does in the words people use: "Conv 3x3 + ReLU".</summary>
    public string Title { get; init; } = Op;

    /// <summary>The name <c>inspect</c> gives what the step begins with, without what all names share.</summary>
    public string Label { get; init; } = Name;

    /// <summary>Whether its maps are of another size than those before it.</summary>
    public bool BeginsStage { get; init; }

    /// <summary>How much of the network's input one of its values depends on, in pixels across and down; null where it is all of it.</summary>
    public (int Width, int Height)? Field { get; init; }

    /// <summary>Its title and label in a line.</summary>
    public string Words { get; init; } = Name;
}

/// <summary>Milliseconds of each step of the network; empty until they were measured.</summary>
public sealed record LayerTimes(IReadOnlyList<double> Milliseconds);

/// <summary>The message that the network has changed without being another one: the same picture is to be looked at again.</summary>
public sealed record LookAgain;

/// <summary>The message that another channel of the shown layer is chosen, as the network counts.</summary>
public sealed record ChooseChannel(int Channel);

/// <summary>The message that another place is looked at, as shares of the picture from its top left corner.</summary>
public sealed record MoveProbe(float X, float Y);

/// <summary>What is worth knowing about a network that runs.</summary>
/// <param name="Kept">The layer whose values are shown; null for none.</param>
/// <param name="Features">The layer whose values are features to teach with; null for none.</param>
public sealed record NetworkInfo(PictureModel Model, string Kind, string Device, IReadOnlyList<LayerInfo> Layers, string? Kept, string? Features = null)
{
    /// <summary>The OpenGL device it runs on, which does other work too, asked from any thread; it stays whoever's it is. Null on the processor.</summary>
    public GlDevice? OpenGl { get; init; }

    public string Name => Model.Name;

    /// <summary>The kept layer's place in <see cref="Layers"/>, or -1.</summary>
    public int KeptIndex { get; } = IndexOf(Layers, Kept);

    public static NetworkInfo Of(Classifier classifier)
    {
        List<LayerInfo> layers = [];
        Plan plan = classifier.Plan;
        Dictionary<Value, Node> nodes = plan.Lowered.Nodes.SelectMany(node => node.Outputs.Where(output => output.Exists).Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        Dictionary<Node, Layer> all = plan.Lowered.Layers().ToDictionary(layer => layer.Node);
        Dictionary<string, string> firsts = FirstNames(classifier.Model.Graph);
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            PlanStep step = plan.Steps[i];
            if (step.Shape.Rank >= 2 && step.Shape[1] > 0 && step.Shape.ElementCount > 1 && plan.Lowered[step.Output].Type == ElementType.Float32)
            {
                Node node = nodes[step.Output];
                string name = plan.Lowered.Graph.NameOf(step.Output);
                layers.Add(new(name, step.Op, step.Shape, i) { Title = StepTitle.Of(node, plan.Lowered.Window(node), IsDepthwise(plan.Lowered, node)), Label = firsts.GetValueOrDefault(node.Name, name), Field = FieldOf(all.GetValueOrDefault(node)) });
            }
        }
        Finish(layers);
        return new(classifier.Model, classifier.Device.Kind, classifier.Device.Description, layers, classifier.Layer, classifier.Features) { OpenGl = classifier.Device as GlDevice };
    }

    private static (int, int)? FieldOf(Layer? layer) => layer?.Field is [.., { Size: { } height }, { Size: { } width }] ? (width, height) : null;

    private static bool IsDepthwise(LoweredGraph schedule, Node node) =>
        node.Inputs.Length > 1 && node.Inputs[1].Exists && schedule.IsParameter(node.Inputs[1]) && schedule[node.Inputs[1]].Shape is { Rank: > 2 } weights
        && weights[1] == 1 && weights[0] > 1 && schedule[node.Inputs[0]].Shape is { Rank: > 2 } input && input[1] == weights[0];

    /// <summary>For each node of the model whose name is its own, the name of what it computes: what a pass has put behind it keeps the node's name.</summary>
    private static Dictionary<string, string> FirstNames(Graph graph) =>
        graph.Nodes.Where(node => node.Name.Length > 0).GroupBy(node => node.Name).Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => graph.NameOf(group.Single().Outputs.First(output => output.Exists)));

    /// <summary>Drops what all labels begin with, up to a sign between words, and marks where stages begin.</summary>
    private static void Finish(List<LayerInfo> layers)
    {
        int alike = layers.Count < 2 ? 0 : layers.Skip(1).Min(layer => layer.Label.AsSpan().CommonPrefixLength(layers[0].Label));
        while (alike > 0 && char.IsLetterOrDigit(layers[0].Label[alike - 1])) alike--;
        for (int i = 0; i < layers.Count; i++)
        {
            LayerInfo layer = layers[i];
            string label = layer.Label[alike..];
            layers[i] = layer with
            {
                Label = label, Words = $"{layer.Title}  ·  {label}",
                BeginsStage = i > 0 && LayerData.Extents(layer.Shape) is var here && LayerData.Extents(layers[i - 1].Shape) is var before && (here.Height, here.Width) != (before.Height, before.Width),
            };
        }
    }

    private static int IndexOf(IReadOnlyList<LayerInfo> layers, string? name)
    {
        for (int i = 0; i < layers.Count; i++)
            if (layers[i].Name == name) return i;
        return -1;
    }
}

/// <summary>The message that asks for a change of the running network; null leaves a thing as it is.</summary>
/// <param name="Model">An ONNX file, or <see cref="Next"/> for the one after the present in its folder.</param>
/// <param name="Labels">A file of class names.</param>
/// <param name="Device"><c>cpu</c> or <c>gl</c>, or <see cref="Next"/> for the other one.</param>
/// <param name="Layer">The layer to keep.</param>
/// <param name="Features">The layer to teach with.</param>
/// <param name="Contract">A preset of the preprocessing (<see cref="PreprocessingPresets"/>).</param>
public sealed record ChangeNetwork(string? Model = null, string? Labels = null, string? Device = null, string? Layer = null, string? Features = null, string? Contract = null)
{
    public const string Next = "*";
}
