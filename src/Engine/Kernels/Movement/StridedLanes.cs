using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>Vector loads and stores whose lanes lie a stride apart.</summary>
internal static unsafe class StridedLanes
{
    /// <summary>The first <paramref name="count"/> lanes from memory, zeros behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, long stride, int count) where V : unmanaged, IVector<V>
    {
        if (stride == 1)
            return V.LoadPartial(source, count);
        if (stride == 0)
            return V.Create(*source);
        V lanes = default;
        for (int i = 0; i < count; i++)
            ((float*)&lanes)[i] = source[i * stride];
        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* destination, long stride, int count) where V : unmanaged, IVector<V>
    {
        if (stride == 1)
        {
            V.StorePartial(value, destination, count);
            return;
        }
        for (int i = 0; i < count; i++)
            destination[i * stride] = ((float*)&value)[i];
    }
}
