using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>gamma (x where x is positive, else alpha (exp(scale x) - 1)).</summary>
internal abstract record Exponential(float Slope, float Scale, float Gain) : Unary<ExponentialBody>(
    $"{StridedShader.Text(Gain)} * mix({StridedShader.Text(Slope)} * (exp(min(x, T(0.0)) * {StridedShader.Text(Scale)}) - 1.0), x, isLess(T(0.0), x))")
{
    protected override ExponentialBody Body => new(Slope, Scale, Gain);

    /// <remarks>Below zero the derivative is scale (y + gain slope).</remarks>
    public override void Gradient(GradientCall call)
    {
        Value positive = call.WherePositive(call.Input(0), call.OutputGradient()), rest = call.Minus(call.OutputGradient(), positive);
        Value slope = call.Scaled(call.Shifted(call.Output(0), Gain * Slope), Scale);
        call[0] = call.Plus(call.Scaled(positive, Gain), call.Times(rest, slope));
    }
}

/// <summary>x where x is positive, else <paramref name="Alpha"/> (exp(x) - 1) (Clevert, Unterthiner and Hochreiter 2015).</summary>
internal sealed record Elu(float Alpha = 1) : Exponential(Alpha, 1, 1)
{
    public static Op FromOnnx(OnnxNode node) => new Elu(node.Float("alpha", 1));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha);
}

/// <summary><paramref name="Gamma"/> (x where x is positive, else <paramref name="Alpha"/> (exp(x) - 1)) (Klambauer and others, "Self-Normalizing Neural Networks", 2017).</summary>
internal sealed record Selu(float Alpha = 1.6732632f, float Gamma = 1.0507010f) : Exponential(Alpha, 1, Gamma)
{
    public static Op FromOnnx(OnnxNode node) => new Selu(node.Float("alpha", 1.6732632f), node.Float("gamma", 1.0507010f));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha).Set("gamma", Gamma);
}

/// <summary>x where x is positive, else <paramref name="Alpha"/> (exp(x / <paramref name="Alpha"/>) - 1) (Barron 2017).</summary>
internal sealed record Celu(float Alpha = 1) : Exponential(Alpha, 1 / Alpha, 1)
{
    public static Op FromOnnx(OnnxNode node) => new Celu(node.Float("alpha", 1));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha);
}

/// <summary>log(1 + exp(x))</summary>
internal sealed record Softplus() : Unary<SoftplusBody>("softplus(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.OutputGradient(), call.Add(new Sigmoid(), call.Input(0)));
}

/// <summary>x / (1 + |x|)</summary>
internal sealed record Softsign() : Unary<SoftsignBody>("x / (1.0 + abs(x))")
{
    public override void Gradient(GradientCall call)
    {
        Value below = call.Shifted(call.Add(new Abs(), call.Input(0)), 1);
        call[0] = call.Add(new Div(), call.OutputGradient(), call.Times(below, below));
    }
}

/// <summary>x where it is above <paramref name="Alpha"/>, else 0</summary>
internal sealed record ThresholdedRelu(float Alpha = 1) : Unary<ThresholdedReluBody>($"mix(T(0.0), x, isLess(T({StridedShader.Text(Alpha)}), x))")
{
    protected override ThresholdedReluBody Body => new(Alpha);
    public static Op FromOnnx(OnnxNode node) => new ThresholdedRelu(node.Float("alpha", 1));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha);
    public override void Gradient(GradientCall call) => call[0] = call.Rectified(back => call.WherePositive(call.Shifted(call.Input(0), -Alpha), back));
}

/// <summary>x / (1 + exp(-<paramref name="Alpha"/> x)) (Ramachandran, Zoph and Le 2017); with 1 also called SiLU.</summary>
internal sealed record Swish(float Alpha = 1) : Unary<SwishBody>($"x / (1.0 + exp(-{StridedShader.Text(Alpha)} * x))")
{
    protected override SwishBody Body => new(Alpha);
    public static Op FromOnnx(OnnxNode node) => new Swish(node.Float("alpha", 1));

    /// <remarks>An operator of set 24.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        string x = call.Input(0), gate = call.Between("gate");
        if (Alpha != 1)
            call.Write("Mul").Inputs(x, call.Weight("alpha", Tensor.Scalar(Alpha))).Outputs(x = call.Between("scaled"));
        call.Write("Sigmoid").Inputs(x).Outputs(gate);
        call.Write("Mul").Inputs(call.Input(0), gate);
    }

    public override void Gradient(GradientCall call)
    {
        // s + alpha y (1 - s)
        Value s = call.Add(new Sigmoid(), call.Scaled(call.Input(0), Alpha));
        Value rest = call.Scaled(call.Times(call.Output(0), call.Shifted(call.Scaled(s, -1), 1)), Alpha);
        call[0] = call.Times(call.OutputGradient(), call.Plus(s, rest));
    }
}

/// <summary>x tanh(log(1 + exp(x))) (Misra 2019)</summary>
internal sealed record Mish() : Unary<MishBody>("x * bounded_tanh(softplus(x))")
{
    /// <remarks>An operator of set 18.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        (string soft, string gate) = (call.Between("softplus"), call.Between("gate"));
        call.Write("Softplus").Outputs(soft);
        call.Write("Tanh").Inputs(soft).Outputs(gate);
        call.Write("Mul").Inputs(call.Input(0), gate);
    }

    public override void Gradient(GradientCall call)
    {
        // t + x s (1 - t^2), t = tanh(softplus(x)), s the logistic function
        Value t = call.Add(new Tanh(), call.Add(new Softplus(), call.Input(0))), s = call.Add(new Sigmoid(), call.Input(0));
        Value rest = call.Times(call.Times(call.Input(0), s), call.Shifted(call.Scaled(call.Times(t, t), -1), 1));
        call[0] = call.Times(call.OutputGradient(), call.Plus(t, rest));
    }
}

/// <summary>a where it is positive, else a b: b are slopes that are learned, repeated to a's shape (He and others 2015).</summary>
/// <param name="PerChannel">Whether the slopes are one for each channel, as before operator set 7.</param>
internal sealed record PRelu(bool PerChannel = false) : Binary<PReluBody>("max(a, T(0.0)) + b * min(a, T(0.0))")
{
    public static Op FromOnnx(OnnxNode node) => new PRelu(node.OpSet < 7);
    protected override Func<T, T, T>? Number<T>() => static (a, b) => T.IsNegative(a) ? a * b : a;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (PerChannel && call.Shape(1).Rank == 1 && call.Shape(0).Rank > 1 && call.Shape(1)[0] == call.Shape(0)[1])
        {
            if (call.Type(0) != ElementType.Float32 || call.Type(1) != ElementType.Float32)
                throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but slopes for channels are Float32");
            call.OutputLike(0, 0);
            return;
        }
        base.Infer(call);
        if (call.OutputShape(0) != call.Shape(0))
            throw call.Error($"its slopes {call.Shape(1)} cannot be repeated to its input {call.Shape(0)}");
    }

    private protected override long[] Second(MemoryFormat b, Shape y) => PerChannel && b.Shape.Rank == 1 && y.Rank > 1 && b.Shape[0] == y[1]
        ? [.. Enumerable.Range(0, y.Rank).Select(axis => axis == 1 ? 1L : 0)] : base.Second(b, y);

    public override void ToOnnx(OnnxCall call)
    {
        if (PerChannel)
            throw call.Error("its slopes are one for each channel without saying so, which operator set 17 does not know");
        base.ToOnnx(call);
    }

    public override void Gradient(GradientCall call)
    {
        if (PerChannel)
        {
            call.None();
            return;
        }
        Value positive = call.WherePositive(call.Input(0), call.OutputGradient()), rest = call.Minus(call.OutputGradient(), positive);
        if (call.Wants(0))
            call[0] = call.Plus(positive, call.Times(rest, call.Input(1)));
        if (call.Wants(1))
            call[1] = call.Add(new SumTo(), call.Times(rest, call.Input(0)), call.Input(1));
    }
}
