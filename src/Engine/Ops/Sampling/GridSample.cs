using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// A picture N,C,(D,)H,W sampled at the places a grid N,(D,)H,W,axes names, the column first in each; -1 to 1 is the picture's extent.
/// </summary>
/// <param name="AlignCorners">Whether -1 and 1 are the middles of the outer places; else their outer edges.</param>
internal sealed record GridSample(GridMode Mode = GridMode.Linear, GridPadding Padding = GridPadding.Zeros, bool AlignCorners = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new GridSample(
        node.String("mode", "bilinear") switch
        {
            "bilinear" or "linear" => GridMode.Linear,
            "bicubic" or "cubic" => GridMode.Cubic,
            "nearest" => GridMode.Nearest,
            var other => throw node.Error($"its mode is \"{other}\", which is none of linear, cubic and nearest"),
        },
        node.String("padding_mode", "zeros") switch
        {
            "zeros" => GridPadding.Zeros,
            "border" => GridPadding.Border,
            "reflection" => GridPadding.Reflection,
            var other => throw node.Error($"its padding_mode is \"{other}\", which is none of zeros, border and reflection"),
        }, node.Int("align_corners", 0) != 0);

    /// <remarks>The names of operator set 17.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        if (call.InputInfo(0).Shape.Rank != 4)
            throw call.Error("it samples more than two axes, which ONNX has only since operator set 20");
        call.Write(Name).Set("mode", Mode == GridMode.Nearest ? "nearest" : Mode == GridMode.Linear ? "bilinear" : "bicubic")
            .Set("padding_mode", Padding == GridPadding.Zeros ? "zeros" : Padding == GridPadding.Border ? "border" : "reflection").Set("align_corners", AlignCorners);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        call.Output(0, ElementType.Float32, Sampled(call, 0, 1));
    }

    /// <summary>The shape of the output, from the inputs that are the picture and the grid.</summary>
    internal static Shape Sampled(InferCall call, int picture, int points)
    {
        Shape x = call.Shape(picture), grid = call.Shape(points);
        if (call.Type(picture) != ElementType.Float32 || call.Type(points) != ElementType.Float32)
            throw call.Error($"its inputs are {call.Type(picture)} and {call.Type(points)}, but it runs in Float32");
        if (x.Rank is not (4 or 5) || grid.Rank != x.Rank || grid[0] != x[0] || grid[x.Rank - 1] != x.Rank - 2 || x.CountOf(2, x.Rank) == 0)
            throw call.Error($"its input {x} and its grid {grid} do not fit: N,C and two or three spatial axes, and N, as many axes and coordinates, are expected");
        return Shape.Create([x[0], x[1], .. grid.Span[1..^1]]);
    }

    /// <summary>The kernel for a picture and the points of one picture.</summary>
    internal GridSampling Kernel(Shape x, Shape grid) => new(new GridTaps(Mode, Padding, AlignCorners), x[0], x[1], x.Span[2..].ToArray(), grid.CountOf(1, grid.Rank - 1));

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new GridSampleInputGradient(this), call.OutputGradient(), call.Input(1), call.Input(0));
        if (call.Wants(1))
            call[1] = call.Add(new GridSampleGridGradient(this), call.OutputGradient(), call.Input(0), call.Input(1));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), grid = call.Input(1), y = call.Output(0);
        GridSampling kernel = Kernel(x.Format.Shape, grid.Format.Shape);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, grid.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}

/// <summary>What a <see cref="GridSample"/> passes back to its picture. Inputs: dy, the grid, x (its shape alone).</summary>
internal sealed record GridSampleInputGradient(GridSample Forward) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool ReadsShapeOnly(int input) => input == 2;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape sampled = GridSample.Sampled(call, 2, 1);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != sampled)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {sampled}");
        call.Output(0, ElementType.Float32, call.Shape(2));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), grid = call.Input(1), dx = call.Output(0);
        GridSampling kernel = Forward.Kernel(dx.Format.Shape, grid.Format.Shape);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.RunInputGradient(begin, end, dy.Floats, grid.Floats, dx.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}

/// <summary>What a <see cref="GridSample"/> passes back to its grid. Inputs: dy, x, the grid.</summary>
internal sealed record GridSampleGridGradient(GridSample Forward) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape sampled = GridSample.Sampled(call, 1, 2);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != sampled)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {sampled}");
        call.OutputLike(0, 2);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), x = call.Input(1), grid = call.Input(2), dGrid = call.Output(0);
        GridSampling kernel = Forward.Kernel(x.Format.Shape, grid.Format.Shape);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.RunGridGradient(begin, end, dy.Floats, x.Floats, grid.Floats, dGrid.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}
