using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Passes of plans that other threads ask of a display's: it runs them in the order they came, in slices of its ticks, and never waits. Who asked waits until the
/// device is done with the pass.
/// </summary>
/// <remarks>All members but <see cref="Run"/> are for the display's thread.</remarks>
public sealed class SliceQueue : IDisposable
{
    // Slices whose time is under way at the same time at most, with room to spare.
    private const int Kept = 16;

    private readonly GL gl;
    private readonly GpuTimer timer;
    private readonly double[] took = new double[1];
    private readonly (GlPlan? Plan, double Expected)[] slices = new (GlPlan?, double)[Kept];
    private readonly Lock gate = new();
    private readonly Queue<Pass> waiting = new();
    private Pass? current;
    private bool isClosed;

    private sealed class Pass(GlPlan plan)
    {
        public GlPlan Plan => plan;
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether all of it is issued, and only the device has to come past <see cref="Fence"/>.</summary>
        public bool IsIssued;
        public GlFence Fence;
    }

    internal SliceQueue(GL gl) => (this.gl, timer) = (gl, new GpuTimer(gl, stages: 1));

    /// <summary>Runs a plan to the end of its pass, waiting for the display's ticks.</summary>
    /// <exception cref="OperationCanceledException">The display goes on no more.</exception>
    internal void Run(GlPlan plan)
    {
        var pass = new Pass(plan);
        lock (gate)
        {
            if (isClosed) throw new OperationCanceledException("The display has ended.");
            waiting.Enqueue(pass);
        }
        pass.Done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Goes on for a while: one step in any case, then those that are expected to fit.</summary>
    public void GoOn(TimeSpan budget)
    {
        if (timer.TryRead(took, out long read) && slices[read % Kept] is { Plan: { } timed } slice) timed.Learn(slice.Expected, took[0]);
        if (current is null)
            lock (gate)
                if (!waiting.TryDequeue(out current)) return;
        Pass pass = current;
        try
        {
            if (!pass.IsIssued) Slice(pass, budget);
            if (!pass.IsIssued || !pass.Fence.IsPassed(gl)) return;
            current = null;
            pass.Done.SetResult();
        }
        catch (Exception error)
        {
            // It is the asker's: the display goes on.
            current = null;
            pass.Done.SetException(error);
        }
    }

    private void Slice(Pass pass, TimeSpan budget)
    {
        long number = timer.BeginFrame();
        timer.Begin(0);
        bool isFinished = pass.Plan.RunFor(budget);
        timer.End(0);
        timer.EndFrame();
        slices[number % Kept] = (pass.Plan, pass.Plan.LastExpected);
        if (isFinished) (pass.IsIssued, pass.Fence) = (true, GlFence.Place(gl));
    }

    /// <summary>Ends: who waits for a pass, or asks for one later, gets an <see cref="OperationCanceledException"/>.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            while (waiting.TryDequeue(out Pass? next)) next.Done.SetCanceled();
        }
        current?.Fence.Drop(gl);
        current?.Done.SetCanceled();
        current = null;
    }

    public void Dispose()
    {
        Close();
        timer.Dispose();
    }
}
