using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>A layer as the list shows it.</summary>
/// <param name="Name">The value's name in the model.</param>
/// <param name="Op">What computes it.</param>
/// <param name="Step">The plan's step that computes it.</param>
public readonly record struct LayerInfo(string Name, string Op, Shape Shape, int Step);

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
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            PlanStep step = plan.Steps[i];
            if (step.Shape.Rank >= 2 && step.Shape[1] > 0 && step.Shape.ElementCount > 1 && plan.Schedule[step.Output].Type == ElementType.Float32)
                layers.Add(new(plan.Schedule.Graph.NameOf(step.Output), step.Op, step.Shape, i));
        }
        return new(classifier.Model, classifier.Device.Kind, classifier.Device.Description, layers, classifier.Layer, classifier.Features) { OpenGl = classifier.Device as GlDevice };
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
