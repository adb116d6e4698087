using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Regions of pictures brought to one size. Inputs: the pictures N,C,H,W, the regions (left, top, right, bottom, one per row) and which
/// picture each is of.
/// </summary>
/// <param name="Rows">Cells of a region, one below the other.</param>
/// <param name="Samples">Samples along each axis of a cell; 0 for as many as it has pixels.</param>
/// <param name="Scale">From the regions' coordinates to pixels.</param>
/// <param name="HalfPixel">Whether coordinates count from the outer edges of pixels.</param>
/// <param name="Largest">The largest part of a sample instead of the mean.</param>
internal sealed record RoiAlign(int Rows = 1, int Columns = 1, int Samples = 0, float Scale = 1, bool HalfPixel = true, bool Largest = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new RoiAlign(
        node.Int32("output_height", 1), node.Int32("output_width", 1), node.Int32("sampling_ratio", 0), node.Float("spatial_scale", 1),
        // Operator set 10 had one way to count.
        node.String("coordinate_transformation_mode", node.OpSet < 16 ? "output_half_pixel" : "half_pixel") switch
        {
            "half_pixel" => true,
            "output_half_pixel" => false,
            var other => throw node.Error($"its coordinate_transformation_mode is \"{other}\", which is neither half_pixel nor output_half_pixel"),
        },
        node.String("mode", "avg") switch
        {
            "avg" => false,
            "max" => true,
            var other => throw node.Error($"its mode is \"{other}\", which is neither avg nor max"),
        });

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("output_height", Rows).Set("output_width", Columns).Set("sampling_ratio", Samples)
        .Set("spatial_scale", Scale).Set("coordinate_transformation_mode", HalfPixel ? "half_pixel" : "output_half_pixel").Set("mode", Largest ? "max" : "avg");

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        call.Output(0, ElementType.Float32, Aligned(call, 0));
    }

    /// <summary>The shape of the output, from the pictures; regions and numbers are inputs 1 and 2.</summary>
    internal Shape Aligned(InferCall call, int pictures)
    {
        Shape x = call.Shape(pictures), regions = call.Shape(1), of = call.Shape(2);
        if (call.Type(pictures) != ElementType.Float32 || call.Type(1) != ElementType.Float32 || !Indices.IsIndex(call.Type(2)))
            throw call.Error($"its inputs are {call.Type(pictures)}, {call.Type(1)} and {call.Type(2)}, but two of Float32 and integers are expected");
        if (x.Rank != 4 || x.ElementCount == 0 || regions.Rank != 2 || regions[1] != 4 || of.Rank != 1 || of[0] != regions[0] || Rows < 1 || Columns < 1 || Samples is < 0 or > 4096)
            throw call.Error($"{Rows}x{Columns} cells of regions {regions} of pictures {x}, told by {of} numbers, cannot be made");
        return Shape.FromLongs([regions[0], x[1], Rows, Columns]);
    }

    internal RoiAlignment Kernel(Shape x) => new(x[1], x[2], x[3], Rows, Columns, Scale, HalfPixel ? 0.5f : 0, Samples, Largest);

    public override void Gradient(GradientCall call)
    {
        if (Largest || call.Wants(1))
            call.None();
        else if (call.Wants(0))
            call[0] = call.Add(new RoiAlignGradient(this), call.OutputGradient(), call.Input(1), call.Input(2), call.Input(0));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), regions = call.Input(1), of = call.Input(2), y = call.Output(0);
        Shape shape = x.Format.Shape;
        RoiAlignment kernel = Kernel(shape);
        int count = regions.Format.Shape[0], picture = shape.CountOf(1, 4), cells = shape[1] * Rows * Columns;
        string node = $"{Name} \"{call.Node.Name}\"";
        return CpuStep.Of(count, (begin, end, _) =>
        {
            for (int i = begin; i < end; i++)
                kernel.Run(x.Floats + (long)Picture(of, i, shape[0], node) * picture, regions.Floats + 4 * i, y.Floats + (long)i * cells);
        });
    }

    internal static int Picture(Operand of, int i, int pictures, string node)
    {
        long number = of.Format.Type == ElementType.Int64 ? Element<long>(of, i) : Element<int>(of, i);
        return number >= 0 && number < pictures ? (int)number : throw new LiveCamException($"{node}: region {i} is of picture {number}, but there are {pictures}.");
    }

    private static unsafe T Element<T>(Operand of, int i) where T : unmanaged => of.As<T>()[i];

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}

/// <summary>What the means of a <see cref="RoiAlign"/> pass back to the pictures. Inputs: dy, the regions, their numbers, x (its shape alone).</summary>
internal sealed record RoiAlignGradient(RoiAlign Forward) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool ReadsShapeOnly(int input) => input == 3;

    public override void Infer(InferCall call)
    {
        call.Arity(4, 4);
        Shape aligned = Forward.Aligned(call, 3);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != aligned)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {aligned}");
        call.Output(0, ElementType.Float32, call.Shape(3));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), regions = call.Input(1), of = call.Input(2), dx = call.Output(0);
        Shape shape = dx.Format.Shape;
        RoiAlignment kernel = Forward.Kernel(shape);
        int count = regions.Format.Shape[0], picture = shape.CountOf(1, 4), cells = dy.Format.Shape.CountOf(1, 4);
        string node = $"{Name} \"{call.Node.Name}\"";
        return Movement.Fill(dx, 0).Then(CpuStep.Of(1, (_, _, _) =>
        {
            for (int i = 0; i < count; i++)
                kernel.AddGradient(dy.Floats + (long)i * cells, regions.Floats + 4 * i, dx.Floats + (long)RoiAlign.Picture(of, i, shape[0], node) * picture);
        }));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}
