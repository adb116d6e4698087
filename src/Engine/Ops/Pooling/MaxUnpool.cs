using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Undoes a <see cref="MaxPool"/> as far as can be: every element goes back to the place it came from, the others are zero. Inputs: the
/// pooled values, their places as MaxPool gives them, and the output's shape where the window does not say it.
/// </summary>
/// <remarks>Places count in the shape that follows from the window; in a larger output that lies in the corner.</remarks>
internal sealed record MaxUnpool(Window Window) : Scatter(ScatterReduction.None)
{
    private protected override (int Data, int Indices, int Updates) Inputs => (-1, 1, 0);

    public static Op FromOnnx(OnnxNode node) => new MaxUnpool(Window.FromOnnx(node));

    public override void ToOnnx(OnnxCall call) => Window.ToOnnx(call.Write(Name), dilates: false);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        Shape x = call.Shape(0), own = Unpooled(call, x);
        if (call.Type(1) != ElementType.Int64 || call.Shape(1) != x)
            throw call.Error($"its places are {call.Type(1)} {call.Shape(1)}, but Int64 {x} is expected");
        if (!call.Has(2))
        {
            call.Output(0, call.Type(0), own);
            return;
        }
        Shape wanted = Shape.FromLongs(call.KnownInts(2, "output shape"));
        if (wanted.Rank != own.Rank || own.Zip(wanted).Any(pair => pair.First > pair.Second))
            throw call.Error($"its output shape is {wanted}, but its window needs at least {own}");
        call.Output(0, call.Type(0), wanted);
    }

    /// <summary>The shape whose pooling has the input's shape.</summary>
    private Shape Unpooled(InferCall call, Shape x)
    {
        int axes = x.Rank - 2;
        if (axes is < 1 or > 3 || Window.Kernel.Count != axes || !Window.Fits(axes))
            throw call.Error($"its kernel, strides or pads do not fit an input {x}");
        return Unpooled(Window, x);
    }

    internal static Shape Unpooled(Window window, Shape x)
    {
        int axes = x.Rank - 2;
        return Shape.FromLongs([x[0], x[1], .. Enumerable.Range(0, axes).Select(i =>
            (x[i + 2] - 1L) * (window.Strides.Count > 0 ? window.Strides[i] : 1) + window.Kernel[i] - (window.Pads.Count > 0 ? window.Pads[i] + (long)window.Pads[axes + i] : 0))]);
    }

    private protected override void Find(Shape y, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places) =>
        Places(Unpooled(Window, indexShape), y, indices, places);

    /// <summary>From places in one shape to those in another that it is the corner of.</summary>
    internal static void Places(Shape own, Shape y, ReadOnlySpan<long> indices, Span<int> places)
    {
        int[] strides = y.RowMajorStrides();
        for (int i = 0; i < places.Length; i++)
        {
            int place = Indices.Checked(indices[i], own.ElementCount);
            places[i] = 0;
            for (int axis = own.Rank - 1; axis >= 0; place /= own[axis], axis--)
                places[i] += place % own[axis] * strides[axis];
        }
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new MaxUnpoolGradient(Window), call.OutputGradient(), call.Input(1));
    }
}
