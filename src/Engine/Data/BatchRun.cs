using System.Runtime.ExceptionServices;

namespace LiveCam.Engine.Data;

/// <summary>One pass over an epoch: a ring of batches that threads fill ahead of the one in use.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly Batches batches;
    private readonly int epoch;
    private readonly int[] order;
    private readonly Batch[] ring;
    private readonly int[] filled;      // which batch a place of the ring holds, -1 for none
    private readonly Thread[] threads;
    private readonly object gate = new();
    private int next, inUse;
    private volatile bool isStopped;
    private ExceptionDispatchInfo? failure;

    public BatchRun(Batches batches, int epoch, int first)
    {
        (this.batches, this.epoch, next, inUse) = (batches, epoch, first, first);
        order = batches.Order(epoch);
        BatchOptions options = batches.Options;
        ring = new Batch[Math.Min(options.Ahead, Math.Max(1, batches.PerEpoch - first))];
        for (int i = 0; i < ring.Length; i++) ring[i] = new Batch(options.Size, batches.Contract, batches.Set.Classes.Count, options.ChannelsLast);
        filled = new int[ring.Length];
        Array.Fill(filled, -1);
        threads = new Thread[Math.Min(options.Threads, ring.Length)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"batches {i}" };
            threads[i].Start();
        }
    }

    /// <summary>Waits for a batch; the one taken before is given back.</summary>
    public Batch Take(int number)
    {
        int place = number % ring.Length;
        lock (gate)
        {
            inUse = number;
            Monitor.PulseAll(gate);
            while (filled[place] != number)
            {
                failure?.Throw();
                Monitor.Wait(gate);
            }
            return ring[place];
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
            Monitor.PulseAll(gate);
        }
        foreach (Thread thread in threads) thread.Join();
    }

    private void Work()
    {
        try
        {
            var maker = new BatchMaker(batches, epoch, order);
            while (Claim() is >= 0 and var number)
            {
                maker.Fill(ring[number % ring.Length], number, () => isStopped);
                lock (gate)
                {
                    filled[number % ring.Length] = number;
                    Monitor.PulseAll(gate);
                }
            }
        }
        catch (Exception error)
        {
            lock (gate)
            {
                failure ??= ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>The next batch to fill, once its place in the ring is free; -1 at the end.</summary>
    private int Claim()
    {
        lock (gate)
        {
            while (!isStopped && failure is null && next < batches.PerEpoch && next - inUse >= ring.Length) Monitor.Wait(gate);
            return isStopped || failure is not null || next >= batches.PerEpoch ? -1 : next++;
        }
    }
}
