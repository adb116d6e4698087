using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>One update of a weight w by its gradient g, with up to two running states a and b; a struct whose fields are the constants.</summary>
internal interface IStepBody
{
    void Apply<V>(ref V w, V g, ref V a, ref V b) where V : unmanaged, IVector<V>;
}

/// <summary>
/// Stochastic gradient descent: v = momentum v + (factor g + decay w); w -= rate v, or with Nesterov's look ahead
/// w -= rate (g + momentum v) (Sutskever et al. 2013).
/// </summary>
internal readonly struct SgdBody(float rate, float factor, float momentum, float decay, bool nesterov) : IStepBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V w, V g, ref V a, ref V b) where V : unmanaged, IVector<V>
    {
        V m = V.Create(momentum), slope = V.Fma(g, V.Create(factor), w * V.Create(decay));
        a = V.Fma(a, m, slope);
        V way = nesterov ? V.Fma(a, m, slope) : a;
        w -= way * V.Create(rate);
    }
}

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): running means a of the gradient and b of its square, both freed of their start at 0.
/// Decay is part of the gradient, or, decoupled, of the weight itself (Loshchilov and Hutter 2019).
/// </summary>
/// <param name="freedA">1 / (1 - beta1^t), <paramref name="freedB"/> accordingly.</param>
internal readonly struct AdamBody(float rate, float factor, float beta1, float beta2, float freedA, float freedB, float epsilon, float decay, bool decoupled) : IStepBody
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V w, V g, ref V a, ref V b) where V : unmanaged, IVector<V>
    {
        V slope = g * V.Create(factor), lost = w * V.Create(decay);
        if (!decoupled)
            slope += lost;
        a = V.Fma(a, V.Create(beta1), slope * V.Create(1 - beta1));
        b = V.Fma(b, V.Create(beta2), slope * slope * V.Create(1 - beta2));
        V way = a * V.Create(freedA) / (V.Sqrt(b * V.Create(freedB)) + V.Create(epsilon));
        if (decoupled)
            way += lost;
        w -= way * V.Create(rate);
    }
}

/// <summary>Where one parameter's update reads and writes; states that a body does not have are null.</summary>
internal unsafe struct StepMemory
{
    public float* Weight, Gradient, A, B, NewWeight, NewA, NewB;
}

/// <summary>Updates all elements of a parameter in one pass. Inputs and outputs may be the same memory.</summary>
internal sealed unsafe class OptimizerStep(VectorWidth width, int count)
{
    private const int UnitElements = 16384;

    public int Rows => (count + UnitElements - 1) / UnitElements;

    public void Run<TBody>(int begin, int end, TBody body, StepMemory memory) where TBody : struct, IStepBody
    {
        var pass = new Pass<TBody> { Body = body, Memory = memory, From = begin * UnitElements, To = Math.Min(count, end * UnitElements) };
        VectorDispatch.Run(width, ref pass);
    }

    private struct Pass<TBody> : IVectorAction where TBody : struct, IStepBody
    {
        public TBody Body;
        public StepMemory Memory;
        public int From, To;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            StepMemory at = Memory;
            for (int i = From; i < To; i += V.Count)
            {
                int lanes = Math.Min(V.Count, To - i);
                V w = V.LoadPartial(at.Weight + i, lanes), g = V.LoadPartial(at.Gradient + i, lanes);
                V a = at.A == null ? V.Create(0) : V.LoadPartial(at.A + i, lanes), b = at.B == null ? V.Create(0) : V.LoadPartial(at.B + i, lanes);
                Body.Apply(ref w, g, ref a, ref b);
                V.StorePartial(w, at.NewWeight + i, lanes);
                if (at.NewA != null)
                    V.StorePartial(a, at.NewA + i, lanes);
                if (at.NewB != null)
                    V.StorePartial(b, at.NewB + i, lanes);
            }
        }
    }
}
