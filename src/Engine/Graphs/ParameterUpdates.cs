namespace LiveCam.Engine.Graphs;

/// <summary>
/// Several parameters change as one: who reads many of them sees all of an update or none. Readers never hold up a writer; they
/// look again where an update came between.
/// </summary>
internal static class ParameterUpdates
{
    private static readonly Lock Writers = new();

    // Odd while an update is under way.
    private static long state;

    /// <summary>Makes the changes of <paramref name="update"/> one update.</summary>
    public static void Together(Action update)
    {
        lock (Writers)
        {
            Interlocked.Increment(ref state);
            try
            {
                update();
            }
            finally
            {
                Interlocked.Increment(ref state);
            }
        }
    }

    /// <summary>Waits until no update is under way; the answer is asked about later with <see cref="IsStill"/>.</summary>
    public static long Settled()
    {
        var spin = new SpinWait();
        while (true)
        {
            long seen = Interlocked.Read(ref state);
            if ((seen & 1) == 0)
                return seen;
            spin.SpinOnce();
        }
    }

    /// <summary>Whether no update has begun since <see cref="Settled"/> gave this number.</summary>
    public static bool IsStill(long seen) => Interlocked.Read(ref state) == seen;
}
