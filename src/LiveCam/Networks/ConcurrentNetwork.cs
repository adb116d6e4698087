namespace LiveCam.Networks;

/// <summary>
/// A network beside the loop, which keeps its rate whatever the network costs: on the CPU on a thread of its own, on the display's OpenGL
/// context in slices of a tick. Another thread builds what was wished for; the old network's answer stays until the new one has looked.
/// </summary>
public sealed class ConcurrentNetwork(NetworkBuilder builder, int top = 5) : LiveNetwork
{
    // How long a run may last before ending it is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NetworkWorkshop workshop = new(builder);
    private readonly List<NetworkRunner> ending = [];
    private NetworkRunner? runner;
    private bool isAnswering;

    public override NetworkInfo? Running => runner?.Network;

    public override void Start() => workshop.Start();

    public override void Want(ChangeNetwork wish) => workshop.Want(wish);

    public override void Offer(Frame frame, bool again)
    {
        bool isNew = false;
        if (isAnswering) End();
        if (workshop.Take() is { } next)
        {
            if (runner is not null) ending.Add(runner);
            runner = NetworkRunner.For(next, top);
            (isAnswering, isNew) = (false, true);
        }
        if (runner is null) return;
        (runner.Probe, runner.Cut) = (Probe, Cut);
        runner.Offer(frame, again || isNew);
    }

    public override NetworkResult? Take()
    {
        if (runner?.Take() is not { } result) return null;
        isAnswering = true;
        return result;
    }

    public override string? TakeError() => workshop.TakeError() ?? runner?.TakeError();

    /// <summary>What the old networks gave is not shown any more: they can go.</summary>
    private void End()
    {
        foreach (NetworkRunner old in ending) old.Dispose();
        ending.Clear();
    }

    public override void Dispose()
    {
        NetworkRunner[] all = runner is null ? [.. ending] : [.. ending, runner];
        foreach (NetworkRunner one in all) one.Dispose();
        foreach (NetworkRunner one in all) one.Join(Patience);
        workshop.Dispose();
    }
}
