using System.Diagnostics;
using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>What is done where several elements are scattered to one place.</summary>
internal enum ScatterReduction { None, Add, Mul, Max, Min }

/// <summary>Copies of elements found by lists of places. Scalar code for elements of 1, 2, 4 or 8 bytes.</summary>
internal static unsafe class IndexedElements
{
    /// <summary>y[i] = x[places[i]], or zero where the place is negative, for i from <paramref name="begin"/> to <paramref name="end"/> (exclusive).</summary>
    public static void Gather(int elementSize, ReadOnlySpan<int> places, int begin, int end, void* x, void* y)
    {
        switch (elementSize)
        {
            case 1: Gather(places, begin, end, (byte*)x, (byte*)y); break;
            case 2: Gather(places, begin, end, (ushort*)x, (ushort*)y); break;
            case 4: Gather(places, begin, end, (uint*)x, (uint*)y); break;
            case 8: Gather(places, begin, end, (ulong*)x, (ulong*)y); break;
            default: throw new UnreachableException();
        }
    }

    private static void Gather<T>(ReadOnlySpan<int> places, int begin, int end, T* x, T* y) where T : unmanaged
    {
        for (int i = begin; i < end; i++)
            y[i] = places[i] < 0 ? default : x[places[i]];
    }

    /// <summary>y[places[i]] = x[i] for all i, in order; negative places are left out.</summary>
    public static void Scatter(int elementSize, ReadOnlySpan<int> places, void* x, void* y)
    {
        switch (elementSize)
        {
            case 1: Scatter(places, (byte*)x, (byte*)y); break;
            case 2: Scatter(places, (ushort*)x, (ushort*)y); break;
            case 4: Scatter(places, (uint*)x, (uint*)y); break;
            case 8: Scatter(places, (ulong*)x, (ulong*)y); break;
            default: throw new UnreachableException();
        }
    }

    private static void Scatter<T>(ReadOnlySpan<int> places, T* x, T* y) where T : unmanaged
    {
        for (int i = 0; i < places.Length; i++)
            if (places[i] >= 0)
                y[places[i]] = x[i];
    }

    /// <summary>y[places[i]] = y[places[i]] and x[i] put together, for all i, in order.</summary>
    public static void Scatter<T>(ScatterReduction reduction, ReadOnlySpan<int> places, T* x, T* y) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < places.Length; i++)
        {
            T* at = y + places[i];
            *at = reduction switch
            {
                ScatterReduction.Add => *at + x[i],
                ScatterReduction.Mul => *at * x[i],
                ScatterReduction.Max => T.Max(*at, x[i]),
                ScatterReduction.Min => T.Min(*at, x[i]),
                _ => x[i],
            };
        }
    }
}
