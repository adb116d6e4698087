namespace LiveCam.Engine.Kernels;

/// <summary>The functions a kernel can apply to a value on its way to memory.</summary>
internal enum ActivationKind
{
    /// <summary>x</summary>
    None,
    /// <summary>max(0, x)</summary>
    Relu,
    /// <summary>x where x &gt;= 0, else Alpha * x</summary>
    LeakyRelu,
    /// <summary>min(max(x, Alpha), Beta)</summary>
    Clip,
    /// <summary>1 / (1 + exp(-x))</summary>
    Sigmoid,
    /// <summary>tanh(x)</summary>
    Tanh,
    /// <summary>max(0, min(1, Alpha * x + Beta))</summary>
    HardSigmoid,
    /// <summary>x * max(0, min(1, x / 6 + 0.5))</summary>
    HardSwish,
}

/// <summary>An activation and its constants (their meaning is given with each <see cref="ActivationKind"/>).
/// Every kind passes NaN on: the comparisons are ordered so that a NaN operand is the one that survives.</summary>
internal readonly record struct Activation(ActivationKind Kind, float Alpha = 0, float Beta = 0)
{
    public static Activation None => default;
    public static Activation Relu => new(ActivationKind.Relu);

    /// <summary>True for the kinds that are a clamp to [<see cref="Lowest"/>, <see cref="Highest"/>], which every kernel fuses at no cost.</summary>
    public bool IsClamp => Kind is ActivationKind.None or ActivationKind.Relu or ActivationKind.Clip;

    /// <summary>The lower clamp bound; negative infinity where there is none.</summary>
    public float Lowest => Kind switch
    {
        ActivationKind.Relu => 0,
        ActivationKind.Clip => Alpha,
        _ => float.NegativeInfinity,
    };

    /// <summary>The upper clamp bound; positive infinity where there is none.</summary>
    public float Highest => Kind == ActivationKind.Clip ? Beta : float.PositiveInfinity;
}
