using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The reverse of copying along axes: every element becomes the sum of its copies, in ascending order; 0 where it has none. Lines of
/// <paramref name="line"/> neighbouring floats are added as a whole.
/// </summary>
/// <param name="extents">Of the result, line excluded, the slowest axis first.</param>
/// <param name="lists">Per axis its <see cref="CopyLists"/>; null where nothing was copied and places stay.</param>
/// <param name="fromStrides">Floats between neighbouring copies along each axis.</param>
/// <param name="toStrides">Floats between neighbouring lines of the result along each axis.</param>
internal sealed unsafe class CopySum(VectorWidth width, int[] extents, int[]?[] lists, long[] fromStrides, long[] toStrides, int line)
{
    private readonly int linesPerRow = Math.Max(1, 4096 / Math.Max(1, line));
    private readonly int lines = extents.Aggregate(1, (a, b) => a * b);

    /// <summary>Work units: groups of lines.</summary>
    public int Rows => line == 0 ? 0 : (lines + linesPerRow - 1) / linesPerRow;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). The operands must not overlap. Allocates nothing.</summary>
    public void Run(int begin, int end, float* copies, float* result)
    {
        int* at = stackalloc int[extents.Length];
        for (int number = begin * linesPerRow; number < Math.Min(lines, end * linesPerRow); number++)
        {
            long from = 0, to = 0;
            int count = 1, rest = number;
            for (int axis = extents.Length - 1; axis >= 0; rest /= extents[axis], axis--)
            {
                at[axis] = rest % extents[axis];
                to += at[axis] * toStrides[axis];
                if (lists[axis] is { } list)
                    count *= list[at[axis] + 1] - list[at[axis]];
                else
                    from += at[axis] * fromStrides[axis];
            }
            if (count == 0)
                new Span<float>(result + to, line).Clear();
            for (int copy = 0; copy < count; copy++)
            {
                float* source = copies + from + Copied(at, copy);
                if (copy == 0)
                    new ReadOnlySpan<float>(source, line).CopyTo(new Span<float>(result + to, line));
                else
                {
                    var add = new Addition { Source = source, Target = result + to, Count = line };
                    VectorDispatch.Run(width, ref add);
                }
            }
        }
    }

    /// <summary>Where one of an element's copies lies, along the axes that were copied.</summary>
    private long Copied(int* at, int copy)
    {
        long place = 0;
        for (int axis = extents.Length - 1; axis >= 0; axis--)
            if (lists[axis] is { } list)
            {
                int first = list[at[axis]], count = list[at[axis] + 1] - first;
                place += list[first + copy % count] * fromStrides[axis];
                copy /= count;
            }
        return place;
    }

    private struct Addition : IVectorAction
    {
        public float* Source, Target;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            for (int i = 0; i < Count; i += V.Count)
            {
                int lanes = Math.Min(V.Count, Count - i);
                V.StorePartial(V.LoadPartial(Target + i, lanes) + V.LoadPartial(Source + i, lanes), Target + i, lanes);
            }
        }
    }
}
