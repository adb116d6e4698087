using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Resize
{
    private static readonly (string Name, ResizeMode Value)[] Modes = [("nearest", ResizeMode.Nearest), ("linear", ResizeMode.Linear), ("cubic", ResizeMode.Cubic)];

    private static readonly (string Name, ResizeCoordinates Value)[] CoordinateModes =
    [
        ("half_pixel", ResizeCoordinates.HalfPixel), ("half_pixel_symmetric", ResizeCoordinates.HalfPixelSymmetric), ("pytorch_half_pixel", ResizeCoordinates.PytorchHalfPixel),
        ("align_corners", ResizeCoordinates.AlignCorners), ("asymmetric", ResizeCoordinates.Asymmetric), ("tf_half_pixel_for_nn", ResizeCoordinates.TfHalfPixelForNn),
        ("tf_crop_and_resize", ResizeCoordinates.TfCropAndResize),
    ];

    private static readonly (string Name, NearestRule Value)[] NearestModes =
        [("round_prefer_floor", NearestRule.RoundPreferFloor), ("round_prefer_ceil", NearestRule.RoundPreferCeil), ("floor", NearestRule.Floor), ("ceil", NearestRule.Ceil)];

    private static readonly (string Name, AspectRatio Value)[] Policies =
        [("stretch", AspectRatio.Stretch), ("not_larger", AspectRatio.NotLarger), ("not_smaller", AspectRatio.NotSmaller)];

    public static Op FromOnnx(OnnxNode node)
    {
        // Operator set 10 had two inputs, x and scales, and one way to count places.
        if (node.OpSet < 11)
            return Old(node);
        return new Resize(
            Find(node, "mode", "nearest", Modes), Find(node, "coordinate_transformation_mode", "half_pixel", CoordinateModes),
            Find(node, "nearest_mode", "round_prefer_floor", NearestModes), node.Float("cubic_coeff_a", -0.75f), node.Int("exclude_outside", 0) != 0,
            node.Float("extrapolation_value", 0), node.Int("antialias", 0) != 0, Find(node, "keep_aspect_ratio_policy", "stretch", Policies), node.IntList("axes"));
    }

    /// <summary>Upsample, which was Resize until operator set 10: scales as an attribute at first.</summary>
    public static Op FromUpsample(OnnxNode node)
    {
        if (node.Floats("scales") is { } scales && node.InputCount < 2)
            node.SetInput(1, Tensor.Of<float>([scales.Length], scales));
        return Old(node);
    }

    private static Resize Old(OnnxNode node)
    {
        if (node.IsGiven(1))
            node.MoveInput(1, Scales);
        string mode = node.String("mode", "nearest");
        ResizeMode how = mode is "bilinear" or "trilinear" ? ResizeMode.Linear : Find(node, "mode", "nearest", Modes);
        return new Resize(how, ResizeCoordinates.Asymmetric, NearestRule.Floor);
    }

    /// <remarks>Operator set 17 cannot name axes: a scale of 1, or the extent itself, for all others says the same.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        if (Antialias || AspectRatio != AspectRatio.Stretch || Coordinates == ResizeCoordinates.HalfPixelSymmetric)
            throw call.Error("it widens its filter, keeps proportions or counts places from the middle, which ONNX has only since operator sets 18 and 19");
        OnnxWriter node = call.Write(Name).Set("mode", NameOf(Modes, Mode)).Set("coordinate_transformation_mode", NameOf(CoordinateModes, Coordinates))
            .Set("nearest_mode", NameOf(NearestModes, Nearest)).Set("cubic_coeff_a", CubicFactor).Set("exclude_outside", ExcludeOutside)
            .Set("extrapolation_value", Extrapolation);
        if (Axes.Count == 0)
            return;
        InferCall infer = call.Infer();
        Shape x = infer.Shape(0);
        long[] sizes = [.. x.Select(extent => (long)extent)];
        float[] scales = [.. Enumerable.Repeat(1f, x.Rank)], region = [.. Enumerable.Range(0, 2 * x.Rank).Select(i => i < x.Rank ? 0f : 1f)];
        foreach (Change change in Changes(infer, x))
        {
            (sizes[change.Axis], scales[change.Axis]) = (change.Output, (float)change.Scale);
            (region[change.Axis], region[x.Rank + change.Axis]) = ((float)change.Start, (float)change.End);
        }
        node.Inputs(call.Input(0), Coordinates == ResizeCoordinates.TfCropAndResize ? call.Weight("region", Tensor.Of<float>([region.Length], region)) : "",
            IsGiven(infer, Sizes) ? "" : call.Weight("scales", Tensor.Of<float>([scales.Length], scales)),
            IsGiven(infer, Sizes) ? call.Weight("sizes", Tensor.Of<long>([sizes.Length], sizes)) : "");
    }

    private static T Find<T>(OnnxNode node, string attribute, string otherwise, (string Name, T Value)[] table)
    {
        string name = node.String(attribute, otherwise);
        int at = Array.FindIndex(table, entry => entry.Name == name);
        return at >= 0 ? table[at].Value : throw node.Error($"its {attribute} is \"{name}\", which is none of {string.Join(", ", table.Select(entry => entry.Name))}");
    }

    private static string NameOf<T>((string Name, T Value)[] table, T value) where T : struct, Enum => Array.Find(table, entry => entry.Value.Equals(value)).Name;
}
