using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>The square root of x</summary>
internal sealed record Sqrt() : Unary<SqrtBody>("sqrt(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.Scaled(call.OutputGradient(), 0.5f), call.Output(0));
}

/// <summary>1 / x</summary>
internal sealed record Reciprocal() : Unary<ReciprocalBody>("1.0 / x")
{
    public override void Gradient(GradientCall call) =>
        call[0] = call.Times(call.Scaled(call.OutputGradient(), -1), call.Times(call.Output(0), call.Output(0)));
}

/// <summary>The natural logarithm of x</summary>
internal sealed record Log() : Unary<LogBody>("log(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Div(), call.OutputGradient(), call.Input(0));
}

/// <summary>-x</summary>
internal sealed record Neg() : Unary<NegBody>("-x")
{
    protected override Func<T, T>? Number<T>() => static x => T.Zero - x;
    public override void Gradient(GradientCall call) => call[0] = call.Scaled(call.OutputGradient(), -1);
}

/// <summary>|x|</summary>
internal sealed record Abs() : Unary<AbsBody>("abs(x)")
{
    protected override Func<T, T>? Number<T>() => static x => T.IsNegative(x) ? T.Zero - x : x;
    public override void Gradient(GradientCall call) => call[0] = call.Times(call.Add(new Sign(), call.Input(0)), call.OutputGradient());
}

/// <summary>-1, 0 or 1</summary>
internal sealed record Sign() : Unary<SignBody>("sign(x)")
{
    protected override Func<T, T>? Number<T>() => static x => T.IsZero(x) ? T.Zero : T.IsNegative(x) ? T.Zero - T.One : T.One;
    public override void Gradient(GradientCall call) { }
}

/// <summary>The nearest whole number below</summary>
internal sealed record Floor() : Unary<FloorBody>("floor(x)")
{
    public override void Gradient(GradientCall call) { }
}

/// <summary>The nearest whole number above</summary>
internal sealed record Ceil() : Unary<CeilBody>("ceil(x)")
{
    public override void Gradient(GradientCall call) { }
}

/// <summary>The nearest whole number, halves to even</summary>
internal sealed record Round() : Unary<RoundBody>("roundEven(x)")
{
    public override void Gradient(GradientCall call) { }
}

/// <summary>The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.</summary>
internal sealed record Erf() : Unary<ErfBody>("erf(x)")
{
    public override void Gradient(GradientCall call) =>
        call[0] = call.Times(call.OutputGradient(), call.Scaled(call.Add(new Exp(), call.Scaled(call.Times(call.Input(0), call.Input(0)), -1)), 1.12837917f));
}

/// <summary>a to the power of b, which may be of another type; the result has a's.</summary>
internal sealed record Pow() : Binary<PowBody>("power(a, b)")
{
    protected override Func<T, T, T>? Number<T>() => WholeNumbers.Power;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (!call.Type(0).IsNumber() || !call.Type(1).IsNumber())
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but two numbers are expected");
        call.Output(0, call.Type(0), Broadcast.Shapes(call, 2));
    }

    public override void Alias(AliasCall call) { }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        return a.Format.Type == b.Format.Type ? base.Prepare(call)
            : NumberTypes.Call<OfBase, CpuStep>(a.Format.Type, new(ElementwiseShader.Nest(a.Format, b.Format, y.Format), a, b, y));
    }

    /// <summary>An exponent known when the plan is made is brought to floats; another of whole numbers is raised on the host.</summary>
    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        call.InputInfo(0).Type == call.InputInfo(1).Type ? base.Shaders(call) : [];

    public override void Gradient(GradientCall call)
    {
        (Value a, Value b, Value dy) = (call.Input(0), call.Input(1), call.OutputGradient());
        if (call.Wants(0))
            call[0] = call.Add(new SumTo(), call.Times(dy, call.Times(call.Add(new CastLike(), b, a), call.Add(new Pow(), a, call.Shifted(call.Add(new CastLike(), b, a), -1)))), a);
        if (call.Wants(1))
            call[1] = call.Add(new SumTo(), call.Times(dy, call.Times(call.Output(0), call.Add(new Log(), a))), b);
    }

    private readonly struct OfBase(LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            NumberTypes.Call<OfBoth<T>, CpuStep>(b.Format.Type, new(nest, a, b, y));
    }

    private readonly struct OfBoth<TBase>(LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
        where TBase : unmanaged, System.Numerics.INumber<TBase>
    {
        public CpuStep Invoke<T>() where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            TypedStep.Of<TBase, T, TBase>(static (x, power) => TBase.CreateTruncating(Math.Pow(double.CreateTruncating(x), double.CreateTruncating(power))), nest, a, b, y);
    }
}

/// <summary>What is left of a / b: with the sign of b, or (<paramref name="Fmod"/>) of a as in C.</summary>
internal sealed record Mod(bool Fmod = false) : Binary<ModBody>(Fmod ? "a - b * trunc(a / b)" : "a - b * floor(a / b)")
{
    protected override ModBody Body => new(Fmod);
    protected override Func<T, T, T>? Number<T>() => Fmod ? WholeNumbers.Remainder : WholeNumbers.Modulo;

    public static Op FromOnnx(OnnxNode node) => new Mod(node.Int("fmod", 0) != 0);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("fmod", Fmod);

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new SumTo(), call.OutputGradient(), call.Input(0));
        if (call.Wants(1))
        {
            // y = a - b n with n whole, so dy/db = -n = (y - a) / b.
            Value count = call.Add(new Div(), call.Minus(call.Output(0), call.Input(0)), call.Input(1));
            call[1] = call.Add(new SumTo(), call.Times(call.OutputGradient(), count), call.Input(1));
        }
    }
}
