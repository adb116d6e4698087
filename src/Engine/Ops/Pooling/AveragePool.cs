using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The mean of each window, over the input's elements in it or, with <paramref name="CountIncludePad"/>, padding too.</summary>
internal sealed partial record AveragePool(Window Window, bool CountIncludePad = false) : WindowPooling(Window)
{
    public static Op FromOnnx(OnnxNode node) => new AveragePool(Window.FromOnnx(node), node.Int("count_include_pad", 0) != 0);

    public override void ToOnnx(OnnxCall call)
    {
        if (Window.Dilations.Any(dilation => dilation != 1))
            throw call.Error("it is dilated, which ONNX has only since operator set 19");
        Window.ToOnnx(call.Write(Name), dilates: false).Set("ceil_mode", Window.CeilMode).Set("count_include_pad", CountIncludePad);
    }

    public override void Infer(InferCall call)
    {
        Window.Extents extents = Extents(call);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        call.Output(0, ElementType.Float32, extents.Output(call.Shape(0)[0], call.Shape(0)[1]));
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new AveragePoolGradient(Window, CountIncludePad), call.OutputGradient(), call.Input(0));
}
