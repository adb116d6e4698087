namespace LiveCam.Loop;

/// <summary>
/// How the process ends when it is asked to. What can be interrupted ends by itself at once; what cannot (a large network being planned) is cut off after a moment,
/// unless work is under way whose end would be lost: then it gets longer.
/// </summary>
internal static class OrderlyEnd
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1.5), Longest = TimeSpan.FromSeconds(10);

    private static int underWay;

    /// <summary>Ends the process at once with a code; a test puts its own in its place.</summary>
    public static Action<int> Exit { get; set; } = Environment.Exit;

    /// <summary>Whether somebody finishes something.</summary>
    public static bool IsUnderWay => Volatile.Read(ref underWay) > 0;

    /// <summary>Until it is disposed of, the process is not cut off after a moment: a checkpoint or a video is being finished.</summary>
    public static IDisposable Begin() => new Scope();

    /// <summary>Ends the process when its time is over. Called once, when the wish to end came.</summary>
    /// <param name="end">Ends it.</param>
    public static async Task Enforce(Action end)
    {
        await Task.Delay(Moment).ConfigureAwait(false);
        for (TimeSpan waited = Moment; IsUnderWay && waited < Longest; waited += Step) await Task.Delay(Step).ConfigureAwait(false);
        end();
    }

    private static TimeSpan Step => TimeSpan.FromMilliseconds(100);

    private sealed class Scope : IDisposable
    {
        private bool isOver;

        public Scope() => Interlocked.Increment(ref underWay);

        public void Dispose()
        {
            if (!isOver) Interlocked.Decrement(ref underWay);
            isOver = true;
        }
    }
}
