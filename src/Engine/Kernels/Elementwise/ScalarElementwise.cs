using System.Diagnostics;
using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>Functions of one value for element types without a vector kernel.</summary>
public enum ScalarUnaryKind
{
    Identity,
    Neg,
    Abs,
    Relu,
    /// <summary>min(max(x, first), second)</summary>
    Clip,
    Sqrt,
    Exp,
    Log,
    Sigmoid,
    Tanh,
}

/// <summary>Functions of two values for element types without a vector kernel.</summary>
public enum ScalarBinaryKind
{
    Add,
    Sub,
    Mul,
    /// <summary>Whole numbers round toward zero; division by zero gives 0.</summary>
    Div,
    Min,
    Max,
    Pow,
}

/// <summary>y = f(x) over strided operands of any number type; scalar code. Integers wrap around.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="x">Strides of the input in elements; 0 broadcasts.</param>
/// <param name="y">Strides of the output.</param>
public sealed unsafe class ScalarUnary<T>(ScalarUnaryKind kind, ReadOnlySpan<int> dims, ReadOnlySpan<long> x, ReadOnlySpan<long> y, T first = default, T second = default)
    where T : unmanaged, INumber<T>
{
    private readonly StridedLoop loop = new(dims, x.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    public void Run(int begin, int end, T* input, T* output)
    {
        long sx = loop.Strides[0], sy = loop.Strides[1];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            T* x = input + run.Offset(0), y = output + run.Offset(1);
            for (int line = 0; line < run.Lines; line++, x += run.Step(0), y += run.Step(1))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = Apply(x[i * sx]);
        }
    }

    private T Apply(T x) => kind switch
    {
        ScalarUnaryKind.Identity => x,
        ScalarUnaryKind.Neg => T.Zero - x,
        ScalarUnaryKind.Abs => T.IsNegative(x) ? T.Zero - x : x,
        ScalarUnaryKind.Relu => x < T.Zero ? T.Zero : x,
        ScalarUnaryKind.Clip => T.Min(T.Max(x, first), second),
        ScalarUnaryKind.Sqrt => T.CreateTruncating(Math.Sqrt(double.CreateTruncating(x))),
        ScalarUnaryKind.Exp => T.CreateTruncating(Math.Exp(double.CreateTruncating(x))),
        ScalarUnaryKind.Log => T.CreateTruncating(Math.Log(double.CreateTruncating(x))),
        ScalarUnaryKind.Sigmoid => T.CreateTruncating(1 / (1 + Math.Exp(-double.CreateTruncating(x)))),
        ScalarUnaryKind.Tanh => T.CreateTruncating(Math.Tanh(double.CreateTruncating(x))),
        _ => throw new UnreachableException(),
    };
}

/// <summary>y = f(a, b) over strided operands of any number type; scalar code. Integers wrap around.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="a">Strides of the first input in elements; 0 broadcasts.</param>
/// <param name="b">Strides of the second input.</param>
/// <param name="y">Strides of the output.</param>
public sealed unsafe class ScalarBinary<T>(ScalarBinaryKind kind, ReadOnlySpan<int> dims, ReadOnlySpan<long> a, ReadOnlySpan<long> b, ReadOnlySpan<long> y)
    where T : unmanaged, INumber<T>
{
    private readonly StridedLoop loop = new(dims, a.ToArray(), b.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    public void Run(int begin, int end, T* first, T* second, T* output)
    {
        long sa = loop.Strides[0], sb = loop.Strides[1], sy = loop.Strides[2];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            T* a = first + run.Offset(0), b = second + run.Offset(1), y = output + run.Offset(2);
            for (int line = 0; line < run.Lines; line++, a += run.Step(0), b += run.Step(1), y += run.Step(2))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = ScalarMath.Apply(kind, a[i * sa], b[i * sb]);
        }
    }
}
