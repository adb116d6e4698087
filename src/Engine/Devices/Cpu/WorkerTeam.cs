using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>
/// Threads that share the rows of a step. Between steps they spin for a moment, then park; a step never waits for a
/// worker that has not begun, so a core taken by somebody else costs its share and no more.
/// </summary>
/// <remarks>
/// Every worker has the same part of the rows from step to step, so that what it wrote is still in its own cache when the next
/// step reads it. Who is done with its own part takes from the end of another's.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>How long an idle worker watches for the next step before it parks.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000; // 50 us

    private readonly Worker[] workers;
    private readonly Thread[] threads;
    private readonly SemaphoreSlim wake = new(0);
    private int parked;
    private Exception? failure;
    private volatile bool stopping;

    // The job: written before `state` is published.
    private CpuStep step = CpuStep.None;
    private int chunk;

    // Rows not yet taken, by worker: the first below, the end above 32 bits. Two cache lines apart.
    private readonly long[] parts;
    private const int PartStride = 16;

    // Bit 0: open to workers; bits 1 to 15: workers inside; above: number of the job.
    private long state;

    public WorkerTeam(int threadCount)
    {
        workers = [.. Enumerable.Range(0, threadCount).Select(i => new Worker(i))];
        parts = new long[(threadCount + 1) * PartStride];
        threads = new Thread[threadCount - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            Worker worker = workers[i + 1];
            threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"LiveCam worker {i + 1}" };
            threads[i].Start();
        }
    }

    public int Count => workers.Length;
    public ReadOnlySpan<Worker> Workers => workers;

    /// <summary>Runs rows of a step on all threads, the caller's included. One caller at a time.</summary>
    public void Run(CpuStep step, int begin, int end)
    {
        int rows = end - begin;
        if (threads.Length == 0 || rows <= 1)
        {
            if (rows > 0)
                step.Run(begin, end, workers[0]);
            return;
        }
        this.step = step;
        chunk = Math.Max(1, rows / (workers.Length * 4));
        for (int i = 0, first = begin; i < workers.Length; i++)
        {
            int next = begin + (int)((long)rows * (i + 1) / workers.Length);
            Volatile.Write(ref Part(i), (long)next << 32 | (uint)first);
            first = next;
        }
        long open = ((state >> 16) + 1) << 16 | 1;
        Interlocked.Exchange(ref state, open);
        int sleeping = Volatile.Read(ref parked);
        if (sleeping > 0)
            wake.Release(Math.Min(sleeping, rows - 1));
        TakeRows(workers[0]);
        Interlocked.And(ref state, ~1L);
        var spin = new SpinWait();
        while ((Volatile.Read(ref state) & 0xFFFE) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(Interlocked.Exchange(ref failure, null)!);
    }

    public void Dispose()
    {
        stopping = true;
        wake.Release(threads.Length + 1);
        foreach (Thread thread in threads)
            thread.Join();
        wake.Dispose();
    }

    private ref long Part(int worker) => ref parts[(worker + 1) * PartStride];

    private void TakeRows(Worker worker)
    {
        CpuStep job = step;
        int size = chunk;
        try
        {
            for (int i = 0; i < workers.Length; i++)
            {
                int owner = (worker.Index + i) % workers.Length;
                ref long part = ref Part(owner);
                while (Take(ref part, size, fromEnd: i > 0, out int begin, out int end))
                    job.Run(begin, end, worker);
            }
        }
        catch (Exception error)
        {
            // The caller throws it, once nobody works on the step any more.
            failure ??= error;
        }
    }

    private static bool Take(ref long part, int size, bool fromEnd, out int begin, out int end)
    {
        long seen = Volatile.Read(ref part);
        while (true)
        {
            (begin, end) = ((int)seen, (int)(seen >> 32));
            if (begin >= end)
                return false;
            (int first, int last) = (begin, end);
            if (fromEnd)
                last = begin = Math.Max(begin, end - size);
            else
                first = end = Math.Min(end, begin + size);
            long now = Interlocked.CompareExchange(ref part, (long)last << 32 | (uint)first, seen);
            if (now == seen)
                return true;
            seen = now;
        }
    }

    private void Work(Worker worker)
    {
        long seen = 0;
        while (!stopping)
        {
            long now = Volatile.Read(ref state);
            if ((now & 1) != 0 && now >> 16 != seen)
            {
                if (Interlocked.CompareExchange(ref state, now + 2, now) != now)
                    continue;
                seen = now >> 16;
                TakeRows(worker);
                Interlocked.Add(ref state, -2);
                continue;
            }
            Idle(seen);
        }
    }

    private void Idle(long seen)
    {
        long until = Stopwatch.GetTimestamp() + SpinTicks;
        while (Stopwatch.GetTimestamp() < until)
        {
            long now = Volatile.Read(ref state);
            if ((now & 1) != 0 && now >> 16 != seen || stopping)
                return;
            Thread.SpinWait(5);
        }
        Interlocked.Increment(ref parked);
        long last = Interlocked.Read(ref state);
        if (!((last & 1) != 0 && last >> 16 != seen) && !stopping)
            wake.Wait();
        Interlocked.Decrement(ref parked);
    }
}
