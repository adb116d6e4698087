using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// A product of 8-bit integers summed exactly: of matrices, or of a picture with a kernel. As it is the sums are the int32 result; a
/// quantised one is brought back to 8 bits. It runs on the host.
/// </summary>
internal abstract record IntegerProduct(bool Quantized) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    // Inputs are x, w and their zero points; or x, its scale and zero point, the same of w and of the result, and a bias.
    private int Left => 0;
    private int Right => Quantized ? 3 : 1;
    private int LeftZero => 2;
    private int RightZero => Quantized ? 5 : 3;
    private const int LeftScale = 1, RightScale = 4, ResultScale = 6, ResultZero = 7, Bias = 8;

    /// <summary>The result's shape.</summary>
    private protected abstract Shape Result(InferCall call, int left, int right);

    /// <summary>The kernel over integers whose zero points are subtracted.</summary>
    private protected abstract CpuStep Multiply(CpuCall call, Operand left, Operand right, Operand sums, int first, int second);

    /// <summary>Elements of an operand that share a zero point or scale, and how many there are of those.</summary>
    private protected abstract (int Each, int Count) Steps(Shape operand, bool isRight);

    /// <summary>The same for the result, along which the right operand's scales and the bias lie.</summary>
    private protected abstract (int Each, int Count) ResultSteps(Shape result);

    public override void Infer(InferCall call)
    {
        call.Arity(Quantized ? 8 : 2, Quantized ? 9 : 4);
        foreach (int i in (int[])[Left, Right])
            if (call.Type(i) is not (ElementType.Int8 or ElementType.UInt8))
                throw call.Error($"its input {i} is {call.Type(i)}, but 8-bit integers are expected");
        Shape result = Result(call, Left, Right);
        Check(call, LeftZero, call.Type(Left), Steps(call.Shape(Left), isRight: false).Count);
        Check(call, RightZero, call.Type(Right), Steps(call.Shape(Right), isRight: true).Count);
        if (Quantized)
        {
            Check(call, LeftScale, ElementType.Float32, Steps(call.Shape(Left), isRight: false).Count);
            Check(call, RightScale, ElementType.Float32, Steps(call.Shape(Right), isRight: true).Count);
            Check(call, ResultScale, ElementType.Float32, 1);
            if (call.Type(ResultZero) is not (ElementType.Int8 or ElementType.UInt8) || call.Shape(ResultZero).ElementCount != 1)
                throw call.Error($"the zero point of its result is {call.Type(ResultZero)} {call.Shape(ResultZero)}, but one 8-bit integer is expected");
            if (call.Has(Bias) && (call.Type(Bias) != ElementType.Int32 || call.Shape(Bias).ElementCount != ResultSteps(result).Count))
                throw call.Error($"its bias is {call.Type(Bias)} {call.Shape(Bias)}, but {ResultSteps(result).Count} Int32 are expected");
        }
        call.Output(0, Quantized ? call.Type(ResultZero) : ElementType.Int32, result);
    }

    private static void Check(InferCall call, int input, ElementType type, int count)
    {
        if (call.Has(input) && (call.Type(input) != type || call.Shape(input).ElementCount != 1 && call.Shape(input).ElementCount != count))
            throw call.Error($"its input {input} is {call.Type(input)} {call.Shape(input)}, but one {type} or {count} are expected");
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Output(0);
        int count = y.Format.Shape.ElementCount;
        if (count == 0)
            return CpuStep.None;
        Operand Workspace(int input) => call.Workspace(Math.Max(1, call.InputInfo(input).Shape.ElementCount));
        (Operand left, Operand right, Operand sums) = (Workspace(Left), Workspace(Right), Quantized ? call.Workspace(count) : y);
        var steps = new List<CpuStep>
        {
            Shifted(call, Left, LeftZero, left, Steps(call.InputInfo(Left).Shape, isRight: false)),
            Shifted(call, Right, RightZero, right, Steps(call.InputInfo(Right).Shape, isRight: true)),
            Multiply(call, left, right, sums, Left, Right),
        };
        if (Quantized)
        {
            Operand leftScale = call.Input(LeftScale), rightScale = call.Input(RightScale), scale = call.Input(ResultScale), zero = call.Input(ResultZero);
            Operand? bias = call.Has(Bias) ? call.Input(Bias) : null;
            (int each, int columns) = ResultSteps(y.Format.Shape);
            bool perColumn = rightScale.Format.Shape.ElementCount > 1, isSigned = y.Format.Type == ElementType.Int8;
            (int leftEach, int leftCount) = Steps(call.InputInfo(Left).Shape, isRight: false);
            int rowLength = leftScale.Format.Shape.ElementCount > 1 ? columns : 0;
            steps.Add(Quantization.Over(count, i =>
            {
                int column = i / each % columns;
                double factor = (double)leftScale.Floats[rowLength == 0 ? 0 : i / rowLength % leftCount] * rightScale.Floats[perColumn ? column : 0] / scale.Floats[0];
                float value = (float)((sums.As<int>()[i] + (bias is null ? 0 : bias.As<int>()[column])) * factor);
                if (isSigned)
                    y.As<sbyte>()[i] = Quantization.Quantize(value, 1, *zero.As<sbyte>());
                else
                    y.As<byte>()[i] = Quantization.Quantize(value, 1, *zero.As<byte>());
            }));
        }
        return CpuStep.InTurn(steps);
    }

    /// <summary>An operand as 32-bit integers, its zero points subtracted.</summary>
    private static unsafe CpuStep Shifted(CpuCall call, int input, int zeroInput, Operand integers, (int Each, int Count) shared)
    {
        Operand x = call.Input(input);
        Operand? zero = call.Has(zeroInput) ? call.Input(zeroInput) : null;
        bool isSigned = x.Format.Type == ElementType.Int8, several = zero is not null && zero.Format.Shape.ElementCount > 1;
        int At(Operand bytes, int i) => isSigned ? bytes.As<sbyte>()[i] : bytes.As<byte>()[i];
        return Quantization.Over(x.Format.Shape.ElementCount,
            i => integers.As<int>()[i] = At(x, i) - (zero is null ? 0 : At(zero, several ? i / shared.Each % shared.Count : 0)));
    }
}

/// <summary>Matrix products of 8-bit integers as int32. Inputs: A, B, and where there are any their zero points (of rows of A, of columns of B).</summary>
internal sealed record MatMulInteger() : IntegerMatMul(Quantized: false);

/// <summary>Matrix products of quantised matrices, quantised. Inputs: A, its scale and zero point, B, its scale and zero point, the result's scale and zero point.</summary>
internal sealed record QLinearMatMul() : IntegerMatMul(Quantized: true);

/// <summary>What the two share.</summary>
internal abstract record IntegerMatMul(bool Quantized) : IntegerProduct(Quantized)
{
    private protected override Shape Result(InferCall call, int left, int right)
    {
        Shape a = call.Shape(left), b = call.Shape(right);
        if (a.Rank == 0 || b.Rank == 0)
            throw call.Error("a scalar is no matrix");
        MatMul.Product product = MatMul.Product.Of(a, b);
        if (product.Depth != (b.Rank > 1 ? b[b.Rank - 2] : b[0]) || product.Batch is null)
            throw call.Error($"its inputs {a} and {b} do not fit");
        return product.Output(a, b);
    }

    private protected override CpuStep Multiply(CpuCall call, Operand left, Operand right, Operand sums, int first, int second)
    {
        Shape a = call.InputInfo(first).Shape, b = call.InputInfo(second).Shape;
        MatMul.Product product = MatMul.Product.Of(a, b);
        return Step(new IntegerGemm(product.Rows, product.Depth, product.Columns, product.Matrices(a), product.Matrices(b)), left, right, sums);
    }

    private static unsafe CpuStep Step(IntegerGemm kernel, Operand a, Operand b, Operand y) =>
        CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, a.As<int>(), b.As<int>(), y.As<int>()));

    /// <remarks>Rows of A, columns of B.</remarks>
    private protected override (int Each, int Count) Steps(Shape operand, bool isRight) => operand.Rank < 2 ? (operand.ElementCount, 1)
        : isRight ? (1, operand[operand.Rank - 1]) : (operand[operand.Rank - 1], operand[operand.Rank - 2]);

    private protected override (int Each, int Count) ResultSteps(Shape result) => (1, result.Rank == 0 ? 1 : result[result.Rank - 1]);
}

/// <summary>Cross-correlation of 8-bit integers as int32. Inputs: x, weights, and where there are any their zero points.</summary>
internal sealed record ConvInteger(Window Window, int Groups = 1) : IntegerConv(Window, Groups, Quantized: false)
{
    public static Op FromOnnx(OnnxNode node) => new ConvInteger(Window.FromOnnx(node), node.Int32("group", 1));
}

/// <summary>Cross-correlation of quantised numbers, quantised. Inputs: x, its scale and zero point, weights, their scales and zero points, the result's scale and zero point, and where there is one an int32 bias.</summary>
internal sealed record QLinearConv(Window Window, int Groups = 1) : IntegerConv(Window, Groups, Quantized: true)
{
    public static Op FromOnnx(OnnxNode node) => new QLinearConv(Window.FromOnnx(node), node.Int32("group", 1));
}

/// <summary>What the two share.</summary>
internal abstract record IntegerConv(Window Window, int Groups, bool Quantized) : IntegerProduct(Quantized)
{
    public override void ToOnnx(OnnxCall call) => Window.ToOnnx(call.Write(Name)).Set("group", Groups);

    private protected override Shape Result(InferCall call, int left, int right)
    {
        Shape x = call.Shape(left), w = call.Shape(right);
        if (w.Rank != x.Rank || w.Rank < 3)
            throw call.Error($"its input has shape {x}, but its weights have shape {w}");
        Window.Extents extents = Window.Over(call, x, w.Span[2..]);
        if (Groups < 1 || x[1] % Groups != 0 || w[0] % Groups != 0 || w[1] != x[1] / Groups)
            throw call.Error($"its input has {x[1]} channels in {Groups} groups, but its weights have shape {w}");
        return extents.Output(x[0], w[0]);
    }

    private protected override CpuStep Multiply(CpuCall call, Operand left, Operand right, Operand sums, int first, int second)
    {
        Shape x = call.InputInfo(first).Shape, w = call.InputInfo(second).Shape;
        Window.Extents extents = Window.Over(call.Infer(), x, w.Span[2..]);
        return Step(new IntegerConvolution((x[0], x[1], w[0], Groups),
            [.. new[] { extents.Depth, extents.Height, extents.Width }.Select(axis => (axis.Input, axis.Output, axis.Kernel, axis.Stride, axis.Dilation, axis.PadBegin))]), left, right, sums);
    }

    private static unsafe CpuStep Step(IntegerConvolution kernel, Operand x, Operand w, Operand y) =>
        CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.As<int>(), w.As<int>(), y.As<int>()));

    /// <remarks>One for x, one for each output channel of the weights.</remarks>
    private protected override (int Each, int Count) Steps(Shape operand, bool isRight) =>
        isRight ? (operand.CountOf(1, operand.Rank), operand[0]) : (operand.ElementCount, 1);

    private protected override (int Each, int Count) ResultSteps(Shape result) => (result.CountOf(2, result.Rank), result[1]);
}
