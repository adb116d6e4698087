using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>Where the largest or smallest element of each row lies: of equal ones the first or the last. Rows lie <paramref name="inner"/> elements apart in dense memory.</summary>
internal sealed unsafe class ExtremeIndex<T>(int outer, int length, int inner, bool largest, bool last) where T : unmanaged, INumber<T>
{
    /// <summary>One for each row of results.</summary>
    public int Rows => outer;

    public void Run(int begin, int end, T* x, long* index)
    {
        for (int row = begin; row < end; row++)
            for (int i = 0; i < inner; i++)
                index[row * inner + i] = Of(x + (long)row * length * inner + i);
    }

    /// <summary>The index along one row.</summary>
    public int Of(T* row)
    {
        int best = 0;
        for (int i = 1; i < length; i++)
        {
            (T value, T top) = (row[(long)i * inner], row[(long)best * inner]);
            if ((largest ? value > top : value < top) || last && value == top)
                best = i;
        }
        return best;
    }
}
