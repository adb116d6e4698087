namespace LiveCam.Engine.Data;

/// <summary>What was made of samples, kept for the next epoch until the bytes are used up; the rest is made anew each time. From any number of threads.</summary>
/// <param name="count">Samples of the set.</param>
internal sealed class KeptSamples<T>(int count, long mostBytes) where T : class
{
    private readonly T?[] kept = new T?[count];
    private long used;

    /// <summary>Null where it was not kept.</summary>
    public T? Find(int sample) => Volatile.Read(ref kept[sample]);

    /// <summary>Keeps it from now on, where there is room; nobody may change it any more.</summary>
    public void Keep(int sample, T made, long bytes)
    {
        if (Interlocked.Add(ref used, bytes) > mostBytes)
            Interlocked.Add(ref used, -bytes);
        else if (Interlocked.CompareExchange(ref kept[sample], made, null) is not null)
            Interlocked.Add(ref used, -bytes);
    }
}
