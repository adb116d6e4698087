using System.Diagnostics;
using LiveCam.Plugins.Loading;
using LiveCam.Ui.Widgets;

namespace LiveCam;

/// <summary>The loop: a list of plugins and the frame they share. For one thread.</summary>
/// <param name="plugins">The program's own. May be switched, moved and added to while the loop runs.</param>
/// <param name="guests">Plugins from class libraries; the loop disposes of it.</param>
/// <param name="clock">What <see cref="Frame.Now"/> and the fixed steps go by; null is the machine's.</param>
/// <param name="note">Told what goes wrong while the loop goes on.</param>
public sealed partial class LiveCamApp(PluginList plugins, Frame frame, PluginFolder? guests = null, TimeProvider? clock = null, Action<string>? note = null)
{
    /// <summary>Time between two calls of <see cref="Plugin.Step"/>.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / 60);

    // A loop that stood still does not catch up on more than this.
    private static readonly TimeSpan MostSteps = 15 * StepTime;

    // Share of the newest time in the smoothed one: a change has settled after about twenty ticks.
    private const float Newest = 0.1f;

    private static readonly Action<Plugin, Frame> Loading = (plugin, _) => plugin.Load(), Updating = (plugin, frame) => plugin.Update(frame),
        Stepping = (plugin, frame) => plugin.Step(frame, StepTime), Drawing = (plugin, frame) => plugin.Draw(frame);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private PluginSlot[] slots = [];
    private TimeSpan stepped;
    private long started, lastTick;
    private CancellationToken stopping;

    /// <summary>Whether one of the program's own plugins failed or could not finish its work.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Ticks until the source ends or somebody wants to stop. Plugins are unloaded in any case, last first.</summary>
    /// <exception cref="Exception">What an essential plugin threw.</exception>
    public void Run(CancellationToken stop)
    {
        stopping = stop;
        try
        {
            Load();
            while (!stop.IsCancellationRequested && !frame.HasEnded) Tick();
        }
        finally
        {
            Unload();
        }
    }

    /// <summary>Loads all plugins in the order of a tick.</summary>
    public void Load()
    {
        frame.Plugins = plugins;
        started = clock.GetTimestamp();
        slots = plugins.Order;
        guests?.Start();
        Begin();
    }

    public void Tick()
    {
        Begin();
        foreach (PluginSlot slot in slots)
            if (!frame.HasEnded) Call(slot, Updating);
        for (stepped = Later(stepped, frame.Now - MostSteps); stepped + StepTime <= frame.Now && !frame.HasEnded; stepped += StepTime)
            foreach (PluginSlot slot in slots) Call(slot, Stepping);
        Note();
        long drawing = Stopwatch.GetTimestamp();
        frame.Waited = TimeSpan.Zero;
        foreach (PluginSlot slot in slots)
            if (frame.IsShown && !frame.HasEnded) Call(slot, Drawing);
        // A device draws beside the processor: the longer of the two is what drawing takes.
        frame.Times.Draw(Math.Max((Stopwatch.GetElapsedTime(drawing) - frame.Waited).TotalMilliseconds, frame.DrawnByDevice));
        End();
    }

    /// <summary>Unloads all plugins, last first, each whatever the others do; no failure is thrown.</summary>
    public void Unload()
    {
        guests?.Dispose();
        foreach (PluginSlot slot in Enumerable.Reverse(plugins.InOrderOrAsAdded())) Unload(slot);
        foreach ((PluginLibrary library, _) in visiting.Values) library.Dispose();
        visiting.Clear();
    }

    /// <summary>The time, and the plugins that came since the last tick.</summary>
    private void Begin()
    {
        if (guests is not null) Exchange(guests);
        slots = plugins.Order;
        // One that was enabled again has no fault any more.
        if (frame.Faults.Count > 0) frame.Faults.RemoveAll(fault => Array.Exists(slots, slot => slot.Name == fault.Name && slot.Fault is null));
        foreach (PluginSlot slot in slots)
        {
            if (!slot.IsLoaded) Call(slot, Loading);
            // What one that was switched off wrote last is not news any more.
            if (slot.WasEnabled && !slot.IsEnabled) frame.Forget(slot.Writes);
            slot.WasEnabled = slot.IsEnabled;
        }
        frame.Now = clock.GetElapsedTime(started);
        frame.IsNew = frame.IsAnswered = false;
        frame.Spare = frame.Budget;
    }

    /// <summary>Keeps what the tick took for the next one to show.</summary>
    private void End()
    {
        frame.Events.Clear();
        long now = Stopwatch.GetTimestamp();
        float rate = lastTick == 0 ? 0 : (float)(Stopwatch.Frequency / (double)Math.Max(1, now - lastTick));
        frame.TicksPerSecond = Blend(frame.TicksPerSecond, rate);
        lastTick = now;
        foreach (PluginSlot slot in slots)
        {
            slot.Smoothed = Blend(slot.Smoothed, slot.Spent);
            slot.Spent = 0;
        }
    }

    /// <summary>What ticks took so far, for this one to show; in the first, what its updates just took.</summary>
    private void Note()
    {
        if (frame.Stages.Length != slots.Length) frame.Stages = new Stage[slots.Length];
        for (int i = 0; i < slots.Length; i++)
            frame.Stages[i] = new(slots[i].Name, slots[i].Smoothed > 0 ? slots[i].Smoothed : slots[i].Spent);
    }

    /// <summary>One call of one plugin. What it throws disables it; what an essential one throws ends the run.</summary>
    private void Call(PluginSlot slot, Action<Plugin, Frame> what)
    {
        if (!slot.IsEnabled) return;
        slot.IsLoaded = true;
        long start = Stopwatch.GetTimestamp();
        try
        {
            what(slot.Plugin, frame);
        }
        catch (Exception error) when (!slot.IsEssential && !(error is OperationCanceledException && stopping.IsCancellationRequested))
        {
            slot.CannotLoad = what == Loading;
            slot.IsEnabled = false;
            frame.Forget(slot.Writes);
            Tell(slot, Fault.SentenceOf(error));
        }
        slot.Spent += (float)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private void Unload(PluginSlot slot)
    {
        try
        {
            slot.Plugin.Unload();
        }
        catch (Exception error)
        {
            Tell(slot, Fault.SentenceOf(error));
        }
    }

    private void Tell(PluginSlot slot, string sentence)
    {
        HasFailed |= !slot.IsGuest;
        slot.Fault = new(slot.Name, sentence);
        Tell(slot.Fault);
    }

    /// <summary>Keeps a fault for the screen in place of an older one of the same name.</summary>
    private void Tell(Fault fault)
    {
        frame.Faults.RemoveAll(other => other.Name == fault.Name);
        frame.Faults.Add(fault);
        note?.Invoke($"{fault.Name}: {fault.Sentence}");
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static float Blend(float old, float now) => old == 0 ? now : old + (now - old) * Newest;
}
