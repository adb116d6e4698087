using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The mean cross-entropy of softmax(logits) against target probabilities, one number: -sum w_c t'_c log p_c over all rows, divided
/// by sum w_c t_c, with t' = (1 - e) t + e / C (label smoothing: Szegedy et al. 2016, section 7). Inputs: logits NxC, targets NxC
/// (one-hot, mixed, or a row of zeros that does not count), weights C (optional).
/// </summary>
internal sealed record CrossEntropy(float Smoothing = 0) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        CrossEntropyGradient.Check(call, call.Has(2) ? 2 : -1, Smoothing);
        call.Output(0, ElementType.Float32, Shape.Scalar);
    }

    /// <remarks>With respect to the logits alone; targets and weights are given.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (call.Wants(1) || call.Wants(2))
            call.None();
        else
            call[0] = call.Add(new CrossEntropyGradient(Smoothing), call.Input(0), call.Input(1), call.OutputGradient(), call.Has(2) ? call.Input(2) : Value.None);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount * 8L);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand z = call.Input(0), t = call.Input(1), y = call.Output(0);
        Operand? w = call.Has(2) ? call.Input(2) : null;
        Shape shape = z.Format.Shape;
        var kernel = new Kernels.CrossEntropy(call.Width, shape[0], shape[1], Smoothing);
        Operand terms = call.Workspace(shape[0]), counts = call.Workspace(shape[0]);
        return CpuStep.InTurn([
            CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Terms(begin, end, z.Floats, t.Floats, w is null ? null : w.Floats, terms.Floats, counts.Floats)),
            CpuStep.Of(1, (_, _, _) => *y.Floats = kernel.Loss(terms.Floats, counts.Floats)),
        ]);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        [CrossEntropyGradient.Shader(call, 0, Smoothing, weights: 2).Bind(new Binding.Output(0), "Y_BLOCK").Define(("Y_OFFSET", call.Output(0).Offset)).Over(1)];
}

/// <summary>
/// (sum_c w_c t'_c softmax(z) - w t') dy / sum w t, the reverse of <see cref="CrossEntropy"/>. Inputs: logits, targets, dy (one
/// number), weights (optional).
/// </summary>
internal sealed record CrossEntropyGradient(float Smoothing = 0) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 4);
        Check(call, call.Has(3) ? 3 : -1, Smoothing);
        if (call.Type(2) != ElementType.Float32 || call.Shape(2).ElementCount != 1)
            throw call.Error($"its incoming gradient is {call.Type(2)} {call.Shape(2)}, but one Float32 is expected");
        call.OutputLike(0, 0);
    }

    internal static void Check(InferCall call, int weights, float smoothing)
    {
        Shape z = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || z.Rank != 2 || z.ElementCount == 0)
            throw call.Error($"its logits are {call.Type(0)} {z}, but Float32 with pictures and classes is expected");
        if (call.Type(1) != ElementType.Float32 || call.Shape(1) != z)
            throw call.Error($"its targets are {call.Type(1)} {call.Shape(1)}, but a probability for each of the logits {z} is expected");
        if (weights >= 0 && (call.Type(weights) != ElementType.Float32 || call.Shape(weights) != [z[1]]))
            throw call.Error($"its class weights are {call.Type(weights)} {call.Shape(weights)}, but there are {z[1]} classes");
        if (smoothing is not (>= 0 and <= 1))
            throw call.Error($"its smoothing is {smoothing}, but 0 to 1 is expected");
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount * 8L);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand z = call.Input(0), t = call.Input(1), dy = call.Input(2), y = call.Output(0);
        Operand? w = call.Has(3) ? call.Input(3) : null;
        Shape shape = z.Format.Shape;
        var kernel = new Kernels.CrossEntropy(call.Width, shape[0], shape[1], Smoothing);
        Operand terms = call.Workspace(shape[0]), counts = call.Workspace(shape[0]);
        return CpuStep.InTurn([
            CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Terms(begin, end, z.Floats, t.Floats, w is null ? null : w.Floats, terms.Floats, counts.Floats)),
            CpuStep.Of(kernel.Rows, (begin, end, _) =>
                kernel.Gradient(begin, end, z.Floats, t.Floats, w is null ? null : w.Floats, *dy.Floats, counts.Floats, y.Floats)),
        ]);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        var count = new Binding.Workspace(0, 4);
        ShaderCall rows = Shader(call, 2, Smoothing, weights: 3).Bind(new Binding.Output(0), "Y_BLOCK").Bind(new Binding.Input(2), "DY_BLOCK").Bind(count, "COUNT_BLOCK")
            .Define(("Y_OFFSET", call.Output(0).Offset), ("DY_OFFSET", call.Input(2).Offset)).OverThreads(call.Input(0).Format.Shape[0], 64);
        return [Shader(call, 1, Smoothing, weights: 3).Bind(count, "Y_BLOCK").Define(("Y_OFFSET", 0)).Over(1) with { Next = rows }];
    }

    /// <param name="stage">0: the loss, 1: the sum of weights, 2: the gradient.</param>
    internal static ShaderBuilder Shader(GlCall call, int stage, float smoothing, int weights)
    {
        Shape shape = call.Input(0).Format.Shape;
        ShaderBuilder shader = new ShaderBuilder("cross_entropy.comp", "row a thread").Bind(new Binding.Input(0)).Bind(new Binding.Input(1))
            .Define(("STAGE", stage), ("ROWS", shape[0]), ("CLASSES", shape[1]), ("Z_OFFSET", call.Input(0).Offset), ("T_OFFSET", call.Input(1).Offset))
            .Define("SMOOTHING", StridedShader.Text(smoothing));
        if (call.Has(weights))
            shader.Bind(new Binding.Input(weights), "W_BLOCK").Define(("W_OFFSET", call.Input(weights).Offset));
        return shader;
    }
}
