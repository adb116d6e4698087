using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveCam.Fuzz;

/// <summary>The map that instrumented code counts its edges in, and what of it was seen so far; counts are taken in powers of two.</summary>
internal sealed unsafe class Coverage : IDisposable
{
    private const int Size = 1 << 16;

    private readonly byte* map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] seen = new byte[Size];

    public Coverage() => SharpFuzz.Common.Trace.SharedMem = map;

    /// <summary>Edges that any input reached.</summary>
    public int Edges { get; private set; }

    /// <summary>Begins anew, for another target.</summary>
    public void Forget()
    {
        new Span<byte>(map, Size).Clear();
        Array.Clear(seen);
        Edges = 0;
    }

    /// <summary>Clears the map for the next input.</summary>
    /// <returns>Whether it has an edge, or a count of one, that was never seen.</returns>
    public bool TakeNew()
    {
        bool isNew = false;
        for (int i = 0; i < Size; i += sizeof(ulong))
        {
            if (*(ulong*)(map + i) == 0) continue;
            for (int at = i; at < i + sizeof(ulong); at++)
            {
                if (map[at] == 0) continue;
                byte bucket = (byte)(1 << BitOperations.Log2(map[at]));
                if ((seen[at] & bucket) != 0) continue;
                if (seen[at] == 0) Edges++;
                seen[at] |= bucket;
                isNew = true;
            }
        }
        new Span<byte>(map, Size).Clear();
        SharpFuzz.Common.Trace.PrevLocation = 0;
        return isNew;
    }

    public void Dispose()
    {
        // Code that still runs goes on counting somewhere.
        SharpFuzz.Common.Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);
        NativeMemory.Free(map);
    }
}
