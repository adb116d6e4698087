namespace LiveCam.Engine.Kernels;

/// <summary>y = f(x) over strided operands of any types, one call of the function for each element: what has no vector kernel.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="x">Strides of the input in elements; 0 broadcasts.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class TypedUnary<TX, TY>(Func<TX, TY> function, ReadOnlySpan<int> dims, ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    where TX : unmanaged where TY : unmanaged
{
    private readonly StridedLoop loop = new(dims, x.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    public void Run(int begin, int end, TX* input, TY* output)
    {
        long sx = loop.Strides[0], sy = loop.Strides[1];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            TX* x = input + run.Offset(0);
            TY* y = output + run.Offset(1);
            for (int line = 0; line < run.Lines; line++, x += run.Step(0), y += run.Step(1))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = function(x[i * sx]);
        }
    }
}

/// <summary>y = f(a, b) over strided operands of any types, one call of the function for each element.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="a">Strides of the first input in elements; 0 broadcasts.</param>
/// <param name="b">Strides of the second input.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class TypedBinary<TA, TB, TY>(
    Func<TA, TB, TY> function, ReadOnlySpan<int> dims, ReadOnlySpan<long> a, ReadOnlySpan<long> b, ReadOnlySpan<long> y)
    where TA : unmanaged where TB : unmanaged where TY : unmanaged
{
    private readonly StridedLoop loop = new(dims, a.ToArray(), b.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    public void Run(int begin, int end, TA* first, TB* second, TY* output)
    {
        long sa = loop.Strides[0], sb = loop.Strides[1], sy = loop.Strides[2];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            TA* a = first + run.Offset(0);
            TB* b = second + run.Offset(1);
            TY* y = output + run.Offset(2);
            for (int line = 0; line < run.Lines; line++, a += run.Step(0), b += run.Step(1), y += run.Step(2))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = function(a[i * sa], b[i * sb]);
        }
    }
}
