using System.Diagnostics;

namespace LiveCam.Engine.Kernels;

/// <summary>y = condition ? a : b over strided operands; elements of 1, 2, 4 or 8 bytes.</summary>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="condition">Strides of the condition (a byte an element); 0 broadcasts.</param>
/// <param name="a">Strides of what is taken where it holds.</param>
/// <param name="b">Strides of what is taken elsewhere.</param>
/// <param name="y">Strides of the output.</param>
internal sealed unsafe class StridedChoice(
    int elementSize, ReadOnlySpan<int> dims, ReadOnlySpan<long> condition, ReadOnlySpan<long> a, ReadOnlySpan<long> b, ReadOnlySpan<long> y)
{
    private readonly StridedLoop loop = new(dims, condition.ToArray(), a.ToArray(), b.ToArray(), y.ToArray());

    public int Rows => loop.Rows;

    public void Run(int begin, int end, bool* condition, void* first, void* second, void* output)
    {
        switch (elementSize)
        {
            case 1: Run(begin, end, condition, (byte*)first, (byte*)second, (byte*)output); break;
            case 2: Run(begin, end, condition, (ushort*)first, (ushort*)second, (ushort*)output); break;
            case 4: Run(begin, end, condition, (uint*)first, (uint*)second, (uint*)output); break;
            case 8: Run(begin, end, condition, (ulong*)first, (ulong*)second, (ulong*)output); break;
            default: throw new UnreachableException();
        }
    }

    private void Run<T>(int begin, int end, bool* condition, T* first, T* second, T* output) where T : unmanaged
    {
        long sc = loop.Strides[0], sa = loop.Strides[1], sb = loop.Strides[2], sy = loop.Strides[3];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            bool* c = condition + run.Offset(0);
            T* a = first + run.Offset(1), b = second + run.Offset(2), y = output + run.Offset(3);
            for (int line = 0; line < run.Lines; line++, c += run.Step(0), a += run.Step(1), b += run.Step(2), y += run.Step(3))
                for (int i = 0; i < run.Length; i++)
                    y[i * sy] = c[i * sc] ? a[i * sa] : b[i * sb];
        }
    }
}
