using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.TrainingRuns;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;

namespace LiveCam.Commands;

/// <summary>
/// Steps as fine-tuning takes them, on batches of chance, one after the other while they are wanted: on a thread of its own, which waits for the slices of a display's
/// ticks. Made and disposed of while the device is there.
/// </summary>
internal sealed class TuningLoad : IDisposable
{
    private const int Batch = 8;
    private const float Rate = 2e-3f;

    private readonly GlDevice device;
    private readonly Trainer trainer;
    private readonly Tensor pictures, targets;
    private readonly ManualResetEventSlim wanted = new(), resting = new(initialState: true);
    private readonly CancellationTokenSource ending = new();
    private readonly Task work;
    private int steps;

    /// <param name="path">The network, read anew: the one on the screen keeps its weights.</param>
    /// <exception cref="Engine.LiveCamException">It cannot be trained.</exception>
    public TuningLoad(string path, GlDevice device)
    {
        this.device = device;
        PictureModel model = SeveralPictures.Open(PictureModel.Load(path, null, new Dictionary<string, string>()));
        using (var processor = new CpuDevice(threads: 1))
        using (BatchNetwork asked = BatchNetwork.Create(model, processor, Batch))
            (pictures, targets) = (new(ElementType.Float32, model.InputShape.With(0, Batch)), new(ElementType.Float32, [Batch, asked.Classes]));
        var random = new Random(1);
        foreach (ref float value in pictures.Span<float>()) value = random.NextSingle();
        int classes = targets.Shape[1];
        for (int row = 0; row < Batch; row++) targets.Span<float>()[row * classes + random.Next(classes)] = 1;
        Graph graph = model.Graph;
        trainer = new Trainer(graph, device, new()
        {
            Optimizer = new AdamW(Rate), Output = graph.NameOf(ClassifierHead.Logits(graph)), Frozen = Freezing.UpTo(graph, FineTuning.LastFrozen(graph)).Contains,
        });
        work = Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning);
    }

    /// <summary>Steps taken so far.</summary>
    public int Steps => Volatile.Read(ref steps);

    /// <summary>Whether no step is under way.</summary>
    public bool IsResting => resting.IsSet;

    /// <summary>Wants steps, or no more after the one under way.</summary>
    /// <exception cref="Engine.LiveCamException">A step failed.</exception>
    public void Want(bool isWanted)
    {
        if (work.IsFaulted) work.GetAwaiter().GetResult();
        if (isWanted)
        {
            resting.Reset();
            wanted.Set();
        }
        else
        {
            wanted.Reset();
        }
    }

    private void Work()
    {
        ThreadPriorities.Lower();
        try
        {
            while (true)
            {
                if (!wanted.IsSet) resting.Set();
                wanted.Wait(ending.Token);
                trainer.Step(pictures, targets);
                Interlocked.Increment(ref steps);
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            resting.Set();
        }
    }

    /// <summary>Ends the device's slices, too: nobody else is to wait for them any more.</summary>
    public void Dispose()
    {
        ending.Cancel();
        device.Slices!.Close();
        ((IAsyncResult)work).AsyncWaitHandle.WaitOne();
        trainer.Dispose();
        ending.Dispose();
        wanted.Dispose();
        resting.Dispose();
    }
}
