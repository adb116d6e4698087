using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Y = activation(alpha A' B' + beta C): A' is MxK, B' is KxN, either transposed where asked, C is broadcast to MxN. A fully
/// connected layer is A = x, B = weights.
/// </summary>
internal sealed partial record Gemm(
    float Alpha = 1, float Beta = 1, bool TransposeA = false, bool TransposeB = false, Activation Activation = default) : Op, IFusable
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public bool HasEpilogue => Activation.Kind != ActivationKind.None;
    public bool TakesBias => false;
    public bool TakesResidual => false;
    public IFusable With(Activation activation, bool residual) => this with { Activation = activation };

    public static Op FromOnnx(OnnxNode node) => new Gemm(
        node.Float("alpha", 1), node.Float("beta", 1), node.Int("transA", 0) != 0, node.Int("transB", 0) != 0);

    public override void ToOnnx(OnnxCall call)
    {
        this.RefuseEpilogue(call);
        call.Write(Name).Set("alpha", Alpha).Set("beta", Beta).Set("transA", TransposeA).Set("transB", TransposeB);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        Shape a = call.Shape(0), b = call.Shape(1);
        for (int i = 0; i < call.InputCount; i++)
            if (call.Has(i) && call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but it runs in Float32");
        if (a.Rank != 2 || b.Rank != 2)
            throw call.Error($"its inputs have shapes {a} and {b}, but two matrices are expected");
        (int m, int depthA) = TransposeA ? (a[1], a[0]) : (a[0], a[1]);
        (int depthB, int n) = TransposeB ? (b[1], b[0]) : (b[0], b[1]);
        if (depthA != depthB)
            throw call.Error($"its inputs {a}{(TransposeA ? " (transposed)" : "")} and {b}{(TransposeB ? " (transposed)" : "")} do not fit: {depthA} columns against {depthB} rows");
        if (call.Has(2))
        {
            Shape c = call.Shape(2);
            if (c.Rank > 2 || c.Rank > 0 && c[c.Rank - 1] != n && c[c.Rank - 1] != 1 || c.Rank == 2 && c[0] != m && c[0] != 1)
                throw call.Error($"its third input has shape {c}, which cannot be broadcast to {m}x{n}");
        }
        call.Output(0, ElementType.Float32, [m, n]);
    }

    /// <remarks>dA' = alpha dY B'^T and dB' = alpha A'^T dY: of a layer y = W x, dL/dW is the outer product of what comes back with x.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (HasEpilogue)
        {
            call.None();
            return;
        }
        (Value a, Value b, Value dy) = (call.Input(0), call.Input(1), call.OutputGradient());
        if (call.Wants(0))
            call[0] = TransposeA
                ? call.Add(new Gemm(Alpha, 1, TransposeB, true), b, dy)
                : call.Add(new Gemm(Alpha, 1, false, !TransposeB), dy, b);
        if (call.Wants(1))
            call[1] = TransposeB
                ? call.Add(new Gemm(Alpha, 1, true, TransposeA), dy, a)
                : call.Add(new Gemm(Alpha, 1, !TransposeA, false), a, dy);
        if (call.Wants(2))
            call[2] = call.Add(new SumTo(), call.Scaled(dy, Beta), call.Input(2));
    }

    public override Cost Cost(InferCall call) => new(2L * call.OutputShape(0).ElementCount * call.Shape(0)[TransposeA ? 0 : 1]);
}
