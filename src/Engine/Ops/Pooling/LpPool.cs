using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The p-norm of each window.</summary>
internal sealed record LpPool(Window Window, int P = 2) : WindowPooling(Window)
{
    public static Op FromOnnx(OnnxNode node) => new LpPool(Window.FromOnnx(node), node.Int32("p", 2));

    public override void ToOnnx(OnnxCall call)
    {
        if (Window.CeilMode || Window.Dilations.Any(dilation => dilation != 1))
            throw call.Error("it is dilated or rounds its extents up, which ONNX has only since operator set 18");
        Window.ToOnnx(call.Write(Name), dilates: false).Set("p", P);
    }

    public override void Infer(InferCall call)
    {
        Window.Extents extents = Extents(call);
        PowerRules.Check(call, 0, P);
        call.Output(0, ElementType.Float32, extents.Output(call.Shape(0)[0], call.Shape(0)[1]));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new LpPoolGradient(Window, P), call.OutputGradient(), call.Input(0));

    public override CpuStep Prepare(CpuCall call) =>
        RulePool.Prepare(call, Geometry(call.Infer(), call.Input(0).Format, call.Output(0).Format, countPadding: false), new PowerRule(P));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.Shaders(call, Geometry(call.Infer(), call.Input(0).Format, call.Output(0).Format, countPadding: false), "lp_pool.comp", PowerRules.Defines(P));
}

/// <summary>What an <see cref="LpPool"/> passes back. Inputs: dy, x.</summary>
internal sealed record LpPoolGradient(Window Window, int P = 2) : WindowPoolingGradient(Window)
{
    public override CpuStep Prepare(CpuCall call) =>
        RulePool.PrepareGradient(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format, countPadding: false), new PowerRule(P));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        RulePool.GradientShaders(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format, countPadding: false), "lp_pool_gradient.comp", PowerRules.Defines(P));
}

/// <summary>What pooling by p-norms asks of its power, and says to shaders.</summary>
internal static class PowerRules
{
    private const int Largest = 64;

    public static void Check(InferCall call, int input, int p)
    {
        if (call.Type(input) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(input)}, but it runs in Float32");
        if (p is < 1 or > Largest)
            throw call.Error($"its p is {p}, but 1 to {Largest} is expected");
    }

    public static (string, string)[] Defines(int p) => [("P", StridedShader.Text(p))];
}
