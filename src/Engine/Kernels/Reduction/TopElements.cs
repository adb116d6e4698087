using System.Numerics;

namespace LiveCam.Engine.Kernels;

/// <summary>The <paramref name="count"/> largest or smallest elements of each row, best first, of equal ones the first; and where they lie.</summary>
internal sealed unsafe class TopElements<T>(int outer, int length, int inner, int count, bool largest) where T : unmanaged, INumber<T>
{
    public int Rows => outer;

    public void Run(int begin, int end, T* x, T* values, long* indices)
    {
        var order = new int[length];
        var row = new T[length];
        for (int o = begin; o < end; o++)
            for (int i = 0; i < inner; i++)
            {
                for (int j = 0; j < length; j++)
                    (order[j], row[j]) = (j, x[((long)o * length + j) * inner + i]);
                Array.Sort(order, (a, b) => Compare(row[a], row[b]) is var by && by != 0 ? by : a.CompareTo(b));
                for (int j = 0; j < count; j++)
                {
                    long at = ((long)o * count + j) * inner + i;
                    values[at] = row[order[j]];
                    if (indices != null)
                        indices[at] = order[j];
                }
            }
    }

    private int Compare(T a, T b) => largest ? b.CompareTo(a) : a.CompareTo(b);
}
