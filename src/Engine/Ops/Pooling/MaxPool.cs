using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The largest value in each window. The optional second output is its place: an int64 index into the row-major input
/// (<paramref name="ColumnMajor"/>: with the last two axes exchanged, ONNX <c>storage_order</c> 1).
/// </summary>
internal sealed partial record MaxPool(Window Window, bool ColumnMajor = false) : WindowPooling(Window)
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;

    public static Op FromOnnx(OnnxNode node) => new MaxPool(Window.FromOnnx(node), node.Int("storage_order", 0) != 0);

    public override void ToOnnx(OnnxCall call) =>
        Window.ToOnnx(call.Write(Name)).Set("ceil_mode", Window.CeilMode).Set("storage_order", ColumnMajor);

    public override void Infer(InferCall call)
    {
        Window.Extents extents = Extents(call);
        if (call.Type(0) is not (ElementType.Float32 or ElementType.Float64 or ElementType.Int8 or ElementType.UInt8))
            throw call.Error($"its input is {call.Type(0)}, but Float32, Float64, Int8 or UInt8 is expected");
        Shape output = extents.Output(call.Shape(0)[0], call.Shape(0)[1]);
        call.Output(0, call.Type(0), output);
        if (call.Wants(1))
            call.Output(1, ElementType.Int64, output);
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new MaxPoolGradient(Window), call.OutputGradient(), call.Input(0));
}
