using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Builds what somebody wishes: the present model, labels, device and layer with one of them changed. Owns the devices it opened.</summary>
/// <param name="model">The first model.</param>
/// <param name="kind">The first device: what <paramref name="open"/> takes.</param>
/// <param name="layer">The first layer to keep: a name, <c>""</c> for one in the middle, null for none.</param>
/// <param name="open">Opens a device: <c>auto</c>, <c>cpu</c> or <c>gl</c>.</param>
/// <param name="features">Finds a model's layer of features to teach with; null where nobody teaches.</param>
public sealed class NetworkBuilder(PictureModel model, string kind, string? layer, Func<string, Device> open, Func<PictureModel, string>? features = null) : IDisposable
{
    private readonly List<Device> devices = [];
    private PictureModel model = model;
    private string kind = kind;
    private string? layer = layer, featuresNow;

    /// <summary>Plans the network that differs from the last one by the wish; after a failure the last one stays the present one.</summary>
    /// <exception cref="LiveCamException">The model, the labels, the device or the layer cannot be had.</exception>
    public Classifier Build(ChangeNetwork wish)
    {
        if (wish.Model != ChangeNetwork.Next) return BuildOne(wish);
        LiveCamException? refused = null;
        foreach (string path in NextPaths())
        {
            try
            {
                return BuildOne(wish with { Model = path });
            }
            catch (LiveCamException error)
            {
                // The one after it may run.
                refused ??= error;
            }
        }
        throw refused!;
    }

    private Classifier BuildOne(ChangeNetwork wish)
    {
        PictureModel next = model;
        string? nextLayer = wish.Layer ?? layer;
        if (wish.Model is { } path)
        {
            next = PictureModel.Load(path, wish.Labels, new Dictionary<string, string>());
            // Class names stay when they fit: a model of the same family rarely brings its own.
            if (next.Labels is null && wish.Labels is null) next = next with { Labels = model.Labels };
            nextLayer = layer is null ? null : "";
        }
        else if (wish.Labels is { } labels)
        {
            next = next with { Labels = Engine.Vision.Labels.Load(labels) };
        }
        if (wish.Contract is { } preset)
            next = next with { IsGuess = false, Contract = PreprocessingPresets.TryApply(next.Contract, preset) ?? throw new LiveCamException($"There is no preset \"{preset}\"; there are {PreprocessingPresets.Words}.") };
        // Another model has other layers.
        string? featureLayer = wish.Features ?? (next.Graph == model.Graph ? featuresNow : null) ?? features?.Invoke(next);
        // A network that ends in features has no classes of its own.
        if (featureLayer == next.Graph.Outputs[0].Name) next = next with { Classifies = false };
        string wanted = wish.Device == ChangeNetwork.Next ? Open().Kind == "cpu" ? "gl" : "cpu" : wish.Device ?? kind;
        Device device = On(wanted);
        Classifier made;
        try
        {
            made = Classifier.Create(next, device, nextLayer, featureLayer);
        }
        catch (LiveCamException) when (wish is { Model: not null, Labels: null } && next.Labels == model.Labels && next.Labels is not null)
        {
            next = next with { Labels = null };
            made = Classifier.Create(next, device, nextLayer, featureLayer);
        }
        if (made.Layer is { } kept && (made.LayerShape.Rank < 2 || made.LayerShape.ElementCount == 0))
        {
            string shape = made.LayerShape.ToString();
            made.Dispose();
            throw new LiveCamException($"Cannot show layer \"{kept}\": its shape is {shape}, which has no channels; choose another with --layer.");
        }
        (model, kind, layer, featuresNow) = (next, wanted, made.Layer, featureLayer);
        return made;
    }

    /// <summary>The present device, opened if need be.</summary>
    public Device Open() => On(kind);

    private Device On(string wanted)
    {
        foreach (Device known in devices)
            if (known.Kind == wanted || wanted is not ("cpu" or "gl") && known == devices[0]) return known;
        Device opened = open(wanted);
        devices.Add(opened);
        return opened;
    }

    /// <summary>The models after the present one: among the ONNX files of its folder, or where each has a folder of its own, of the folders beside it.</summary>
    private IEnumerable<string> NextPaths()
    {
        string here = model.Path ?? throw new LiveCamException("There is no next model: the built-in network lies in no folder; drop an ONNX file on the window instead.");
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(here))!;
        string[] files = [.. Inside(() => Directory.GetFiles(folder, "*.onnx")).Order(StringComparer.Ordinal)];
        if (files.Length < 2 && System.IO.Path.GetDirectoryName(folder) is { } above)
            files = [.. Inside(() => Directory.GetDirectories(above)).SelectMany(beside => Inside(() => Directory.GetFiles(beside, "*.onnx"))).Order(StringComparer.Ordinal)];
        int at = Array.IndexOf(files, System.IO.Path.GetFullPath(here));
        if (files.Length < 2) throw new LiveCamException($"There is no next model: {folder} holds only this one.");
        return Enumerable.Range(1, files.Length - 1).Select(step => files[(at + step) % files.Length]);

        // Other people's folders may be closed to us, and gone while we look.
        static string[] Inside(Func<string[]> list)
        {
            try
            {
                return list();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    public void Dispose()
    {
        foreach (Device device in devices) device.Dispose();
    }
}
