using System.Diagnostics;

namespace LiveCam.Engine.Kernels;

/// <summary>Writes one value to every element of a strided arrangement: the border of a Pad, a constant.</summary>
/// <param name="elementSize">1, 2, 4 or 8 bytes.</param>
/// <param name="dims">Extents, slowest in memory first.</param>
/// <param name="strides">Strides in elements.</param>
internal sealed unsafe class StridedFill(int elementSize, ReadOnlySpan<int> dims, ReadOnlySpan<long> strides)
{
    private readonly StridedLoop loop = new(dims, strides.ToArray());

    public int Rows => loop.Rows;

    /// <summary>Fills units <paramref name="begin"/> to <paramref name="end"/> with the element at <paramref name="value"/>.</summary>
    public void Run(int begin, int end, void* value, void* destination)
    {
        switch (elementSize)
        {
            case 1: Run(begin, end, *(byte*)value, (byte*)destination); break;
            case 2: Run(begin, end, *(ushort*)value, (ushort*)destination); break;
            case 4: Run(begin, end, *(uint*)value, (uint*)destination); break;
            case 8: Run(begin, end, *(ulong*)value, (ulong*)destination); break;
            default: throw new UnreachableException();
        }
    }

    private void Run<T>(int begin, int end, T value, T* destination) where T : unmanaged
    {
        long stride = loop.Strides[0];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            T* y = destination + run.Offset(0);
            for (int line = 0; line < run.Lines; line++, y += run.Step(0))
            {
                if (stride == 1)
                    new Span<T>(y, run.Length).Fill(value);
                else
                    for (int i = 0; i < run.Length; i++)
                        y[i * stride] = value;
            }
        }
    }
}
