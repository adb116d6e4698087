using System.Diagnostics;
using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Text;

namespace LiveCam.Plugins.Explain;

/// <summary>Makes maps on the processor, one after the other, and keeps what was prepared as long as network, method and target stay. For one thread at a time.</summary>
internal sealed class MapWork : IDisposable
{
    // Of a map of many passes, how often it is shown while it grows.
    private static readonly TimeSpan ShowsEvery = TimeSpan.FromMilliseconds(150);

    private readonly CpuDevice device = new(threads: 1);
    private readonly MapPainter painter = new();
    private (ExplainNetwork Network, ExplainMethod Method, string? Layer) prepared;
    private ExplainTarget? painted;
    private Explainer? explainer;
    private ScorePass? scores;
    private PreprocessingCpu? preprocessing;
    private Tensor? input;

    /// <summary>Explains, and shows what there is from time to time.</summary>
    /// <param name="isWanted">Whether anybody still wants it; asked after every pass.</param>
    public void Run(ExplainJob job, Action<ShownMap> show, Func<bool> isWanted)
    {
        try
        {
            Prepare(job);
            preprocessing!.Run(job.Picture, input!.Span<float>(), job.Network.Strides);
            ExplainTarget target = TargetOf(job);
            if (target != painted) painter.Reset();
            painted = target;
            explainer!.Begin(input!, target);
            long start = Stopwatch.GetTimestamp(), shown = start;
            while (!explainer.RunPass() && isWanted())
                if (Stopwatch.GetElapsedTime(shown) >= ShowsEvery && explainer.Done > 2)
                {
                    show(Shown(job, target, Stopwatch.GetElapsedTime(start)));
                    shown = Stopwatch.GetTimestamp();
                }
            if (explainer.IsFinished) show(Shown(job, target, Stopwatch.GetElapsedTime(start)));
        }
        catch (Exception error)
        {
            show(new(null, Sentences.Of(error)));
        }
    }

    private void Prepare(ExplainJob job)
    {
        if (prepared == (job.Network, job.Method, job.Target?.Layer) && explainer is not null) return;
        Forget();
        ExplainTarget any = job.Target ?? ExplainTarget.Class(0);
        explainer = job.Method.Prepare(job.Network, device, any);
        if (any.Layer is null) scores = new ScorePass(job.Network, device, any);
        preprocessing = new PreprocessingCpu(job.Network.Model.Contract);
        input = new Tensor(ElementType.Float32, job.Network.Model.InputShape);
        prepared = (job.Network, job.Method, any.Layer);
    }

    /// <summary>The target, or the best class; a contrast tells it from the next.</summary>
    private ExplainTarget TargetOf(ExplainJob job)
    {
        if (job.Target is not null && (job.Method is not Contrast || job.Target.Layer is not null)) return job.Target;
        Guess[] best = job.Network.Best(scores!.Run(input!), 2);
        ExplainTarget target = job.Target ?? ExplainTarget.Class(best[0].Index);
        return job.Method is Contrast && best.Length > 1 ? target with { Against = best.First(guess => guess.Index != target.Index).Index } : target;
    }

    private ShownMap Shown(ExplainJob job, ExplainTarget target, TimeSpan time)
    {
        ExplainMap map = explainer!.Map();
        string title = $"{job.Method.Name}  ·  {job.Network.NameOf(target)}";
        if (map.Trouble is { } trouble) return new(null, $"{title}: {trouble}");
        string cost = explainer.Passes == 1 ? $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms"
            : string.Create(CultureInfo.InvariantCulture, $"pass {explainer.Done} of {explainer.Passes}  ·  {time.TotalMilliseconds / explainer.Done:0.0} ms each");
        return new(painter.Paint(map, job), $"{title}  ·  {cost}");
    }

    private void Forget()
    {
        explainer?.Dispose();
        scores?.Dispose();
        (explainer, scores, painted) = (null, null, null);
    }

    public void Dispose()
    {
        Forget();
        device.Dispose();
    }
}
