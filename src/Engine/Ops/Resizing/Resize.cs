using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What stands at a place between others.</summary>
internal enum ResizeMode { Nearest, Linear, Cubic }

/// <summary>Which place of the input a place of the output is (ONNX Resize, <c>coordinate_transformation_mode</c>).</summary>
internal enum ResizeCoordinates { HalfPixel, HalfPixelSymmetric, PytorchHalfPixel, AlignCorners, Asymmetric, TfHalfPixelForNn, TfCropAndResize }

/// <summary>Which neighbour is the nearest.</summary>
internal enum NearestRule { RoundPreferFloor, RoundPreferCeil, Floor, Ceil }

/// <summary>What sizes mean: the extents themselves, or the largest (smallest) box of the input's proportions within (around) them.</summary>
internal enum AspectRatio { Stretch, NotLarger, NotSmaller }

/// <summary>
/// The input resampled to other extents along some of its axes, each on its own. Inputs as in ONNX: x, the region (for
/// <see cref="ResizeCoordinates.TfCropAndResize"/>), scales, sizes; one of the last two is given.
/// </summary>
/// <param name="CubicFactor">The parameter a of the cubic (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981).</param>
/// <param name="ExcludeOutside">Whether neighbours outside count nothing, the others more; else the edge is repeated.</param>
/// <param name="Extrapolation">What stands where the region reaches beyond the input.</param>
/// <param name="Antialias">Whether smaller pictures are made with a wider filter.</param>
/// <param name="Axes">Which axes region, scales and sizes speak of; all where empty.</param>
internal sealed partial record Resize(
    ResizeMode Mode = ResizeMode.Nearest, ResizeCoordinates Coordinates = ResizeCoordinates.HalfPixel, NearestRule Nearest = NearestRule.RoundPreferFloor,
    float CubicFactor = -0.75f, bool ExcludeOutside = false, float Extrapolation = 0, bool Antialias = false, AspectRatio AspectRatio = AspectRatio.Stretch,
    Ints Axes = default) : Op
{
    internal const int Region = 1, Scales = 2, Sizes = 3;

    /// <summary>An axis that changes: its extents and the scale that coordinates are computed with; the region where it is cut.</summary>
    /// <param name="Length">The output's extent before it was cut to a whole number: what corners are aligned to.</param>
    internal readonly record struct Change(int Axis, int Input, int Output, double Scale, double Length, double Start, double End);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 4);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        Shape x = call.Shape(0), y = x;
        foreach (Change change in Changes(call, x))
            y = y.With(change.Axis, change.Output);
        call.Output(0, ElementType.Float32, y);
    }

    /// <summary>All axes region, scales and sizes speak of.</summary>
    /// <param name="shift">How many inputs stand before the region beside x.</param>
    internal Change[] Changes(InferCall call, Shape x, int shift = 0)
    {
        int[] axes = Axes.Count == 0 ? [.. Enumerable.Range(0, x.Rank)] : [.. Axes.Select(axis => x.Axis(axis))];
        bool bySizes = IsGiven(call, Sizes + shift);
        if (bySizes == IsGiven(call, Scales + shift))
            throw call.Error("either scales or sizes have to be given");
        double[] region = Coordinates == ResizeCoordinates.TfCropAndResize ? Numbers(call, Region + shift, 2 * axes.Length, "region") : [];
        double[] given = Numbers(call, (bySizes ? Sizes : Scales) + shift, axes.Length, bySizes ? "list of sizes" : "list of scales");
        if (given.Any(number => !(number > 0 && number <= int.MaxValue)))
            throw call.Error($"its {(bySizes ? "sizes" : "scales")} {string.Join(',', given)} have to be above 0");
        double[] ratios = [.. given.Zip(axes, (size, axis) => size / Math.Max(1, x[axis]))];
        double common = AspectRatio == AspectRatio.NotLarger ? ratios.Min() : ratios.DefaultIfEmpty().Max();
        return [.. axes.Select((axis, i) =>
        {
            bool keeps = bySizes && AspectRatio != AspectRatio.Stretch;
            double scale = keeps ? common : bySizes ? ratios[i] : given[i];
            double output = keeps ? Math.Floor(common * x[axis] + 0.5) : bySizes ? given[i] : Math.Floor(x[axis] * scale);
            if (output > int.MaxValue || x[axis] == 0 && output > 0)
                throw call.Error($"axis {axis} of {x} cannot be given the extent {output}");
            return new Change(axis, x[axis], (int)output, scale, bySizes ? output : scale * x[axis], region.ElementAtOrDefault(i), region.ElementAtOrDefault(axes.Length + i));
        })];
    }

    /// <summary>An empty list is one not given (operator set 11 has no other way).</summary>
    private static bool IsGiven(InferCall call, int input) => call.Has(input) && call.Shape(input).ElementCount > 0;

    private static double[] Numbers(InferCall call, int input, int count, string what)
    {
        Tensor tensor = call.Known(input) ?? throw call.Error($"its {what} has to be a constant, but is computed at run time");
        double[] numbers = tensor.Type switch
        {
            ElementType.Float32 => Array.ConvertAll(tensor.Span<float>().ToArray(), x => (double)x),
            ElementType.Float64 => tensor.Span<double>().ToArray(),
            _ => Array.ConvertAll(call.KnownInts(input, what), x => (double)x),
        };
        return numbers.Length == count ? numbers : throw call.Error($"its {what} has {numbers.Length} entries for {count / (what == "region" ? 2 : 1)} axes");
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new ResizeGradient(this), [call.OutputGradient(), .. call.Node.Inputs]);
    }

    public override void Alias(AliasCall call)
    {
        if (call.InputInfo(0).Shape == call.OutputInfo(0).Shape && Coordinates != ResizeCoordinates.TfCropAndResize)
            call.View(0, 0);
    }

    public override Cost Cost(InferCall call) => new(2L * call.OutputShape(0).ElementCount * (Mode == ResizeMode.Cubic ? 4 : 2));

    public override CpuStep Prepare(CpuCall call) => AxisStages.Prepare(call, [.. Stages(call.Infer(), call.InputInfo(0).Shape)]);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        AxisStages.Shaders(call, [.. Stages(call.Infer(), call.InputInfo(0).Shape)], call.Has(Sizes) ? Sizes : Scales, $"{this} of {call.InputInfo(0).Shape} to {call.OutputInfo(0).Shape}");

    /// <summary>The axes along which something happens, those that shrink most first.</summary>
    internal IEnumerable<AxisStages.Stage> Stages(InferCall call, Shape x, int shift = 0) => Changes(call, x, shift)
        .Where(change => change.Input != change.Output || change.Scale != 1 || Coordinates == ResizeCoordinates.TfCropAndResize)
        .OrderBy(change => change.Output / (double)change.Input)
        .Select(change => new AxisStages.Stage(change.Axis, Weights(change)));
}
