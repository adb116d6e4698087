using System.Diagnostics;
using LiveCam.Ui.Widgets;

namespace LiveCam;

/// <summary>The loop: a list of plugins and the frame they share.</summary>
public sealed class LiveCamApp
{
    // Share of the newest time in the smoothed one: a change has settled after about twenty ticks.
    private const float Newest = 0.1f;

    private readonly IReadOnlyList<Plugin> plugins;
    private readonly Frame frame;
    private readonly float[] spent;
    private long lastTick;

    public LiveCamApp(IReadOnlyList<Plugin> plugins, Frame frame)
    {
        (this.plugins, this.frame, spent) = (plugins, frame, new float[plugins.Count]);
        frame.Stages = [.. plugins.Select(plugin => new Stage(plugin.Name, 0))];
    }

    /// <summary>Ticks until the source ends or somebody wants to stop. Plugins are unloaded in any case, last first.</summary>
    public void Run(CancellationToken stop)
    {
        try
        {
            foreach (Plugin plugin in plugins) plugin.Load();
            while (!stop.IsCancellationRequested && !frame.HasEnded) Tick();
        }
        finally
        {
            Unload(plugins.Count - 1);
        }
    }

    public void Tick()
    {
        long start = Stopwatch.GetTimestamp();
        frame.IsNew = frame.IsAnswered = false;
        for (int i = 0; i < plugins.Count && !frame.HasEnded; i++)
        {
            plugins[i].Update(frame);
            spent[i] = Lap(ref start);
        }
        for (int i = 0; i < plugins.Count && frame.IsShown && !frame.HasEnded; i++)
        {
            plugins[i].Draw(frame);
            spent[i] += Lap(ref start);
        }
        Note(start);
    }

    /// <summary>Keeps what the tick took for the next one to show.</summary>
    private void Note(long now)
    {
        float rate = lastTick == 0 ? 0 : (float)(Stopwatch.Frequency / (double)Math.Max(1, now - lastTick));
        frame.TicksPerSecond = Blend(frame.TicksPerSecond, rate);
        lastTick = now;
        for (int i = 0; i < spent.Length; i++) frame.Stages[i] = frame.Stages[i] with { Milliseconds = Blend(frame.Stages[i].Milliseconds, spent[i]) };
    }

    private static float Blend(float old, float now) => old == 0 ? now : old + (now - old) * Newest;

    private static float Lap(ref long since)
    {
        long now = Stopwatch.GetTimestamp();
        float milliseconds = (float)((now - since) * 1e3 / Stopwatch.Frequency);
        since = now;
        return milliseconds;
    }

    // Each plugin is unloaded even when one after it in the list could not be.
    private void Unload(int index)
    {
        if (index < 0) return;
        try
        {
            plugins[index].Unload();
        }
        finally
        {
            Unload(index - 1);
        }
    }
}
