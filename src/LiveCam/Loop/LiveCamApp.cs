using System.Collections.Concurrent;
using System.Diagnostics;
using LiveCam.Loop.Loading;

namespace LiveCam.Loop;

/// <summary>The loop: a list of plugins and the frame they share. For one thread.</summary>
/// <param name="plugins">The program's own. May be switched and added to while the loop runs.</param>
/// <param name="external">Plugins from class libraries; the loop disposes of it.</param>
/// <param name="clock">What <see cref="Frame.Now"/> and the fixed steps go by; null is the machine's.</param>
/// <param name="note">Takes what the terminal is told.</param>
/// <param name="settings">What was set, and keeps what a person sets; null for plugins as they are. The loop disposes of it.</param>
public sealed partial class LiveCamApp(PluginList plugins, Frame frame, PluginFolder? external = null, TimeProvider? clock = null, Action<string>? note = null,
    SettingsStore? settings = null)
{
    /// <summary>Time between two calls of <see cref="Plugin.Step"/>.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / 60);

    // A loop that stood still does not catch up on more than this.
    private static readonly TimeSpan MostSteps = 15 * StepTime;

    // Share of the newest time in the smoothed one: a change has settled after about twenty ticks.
    private const float Newest = 0.1f;

    // Plugins that answer each other's messages without end would stop the loop.
    private const int MostRounds = 8;

    private static readonly Action<PluginSlot, Frame, object?> Loading = (slot, _, _) => slot.Plugin.Load(), Updating = (slot, frame, _) => slot.Plugin.Update(frame),
        Stepping = (slot, frame, _) => slot.Plugin.Step(frame, StepTime), Drawing = (slot, frame, _) => slot.Plugin.Draw(frame),
        Taking = (slot, frame, _) => TakeOne(slot, frame), Pressing = (_, frame, press) => ((KeyPress)press!).Do(frame);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Messages messages = new(note);
    private readonly StageTimes times = new();
    private readonly ConcurrentQueue<object> sent = new();
    private PluginSlot[] slots = [];
    private TimeSpan stepped;
    private long started, lastTick;
    private CancellationToken stopping;

    /// <summary>Whether one of the program's own plugins failed or could not finish its work.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Sends a message to the plugins that handle its type, at the next tick. From any thread.</summary>
    public void Send(object message) => sent.Enqueue(message);

    /// <summary>Ticks until the source ends or somebody wants to stop. Plugins are unloaded in any case, last first.</summary>
    /// <exception cref="Exception">What an essential plugin threw.</exception>
    public void Run(CancellationToken stop)
    {
        stopping = stop;
        try
        {
            Load();
            // From here on there may be something to finish: a video, a recording.
            using IDisposable finishing = OrderlyEnd.Begin();
            using CancellationTokenRegistration watch = stop.Register(() => _ = AbandonLooping());
            while (!stop.IsCancellationRequested && !frame.HasEnded) Tick();
        }
        finally
        {
            Unload();
        }
    }

    /// <summary>Loads all plugins in the order of a tick.</summary>
    /// <exception cref="Engine.LiveCamException">They cannot be ordered, or a setting that was asked for is not there or cannot have the value.</exception>
    public void Load()
    {
        frame.Set(plugins);
        frame.Set(messages);
        frame.Set(times);
        plugins.Press = Press;
        started = clock.GetTimestamp();
        slots = plugins.Order;
        external?.Start();
        Begin();
        settings?.CheckAsked(slots);
    }

    public void Tick()
    {
        Begin();
        foreach (PluginSlot slot in slots)
            if (!frame.HasEnded) Update(slot);
        Deliver();
        for (stepped = Later(stepped, frame.Now - MostSteps); stepped + StepTime <= frame.Now && !frame.HasEnded; stepped += StepTime)
            foreach (PluginSlot slot in slots) Call(slot, Stepping);
        long drawing = Stopwatch.GetTimestamp();
        times.Waited = TimeSpan.Zero;
        foreach (PluginSlot slot in slots)
            if (frame.IsShown && !frame.HasEnded) Call(slot, Drawing);
        // A device draws beside the processor: the longer of the two is what drawing takes.
        times.Draw(Math.Max((Stopwatch.GetElapsedTime(drawing) - times.Waited).TotalMilliseconds, times.DrawnByDevice));
        End();
    }

    /// <summary>Unloads all plugins, last first, each whatever the others do; no failure is thrown.</summary>
    public void Unload()
    {
        external?.Dispose();
        if (libraries.Count > 0) _ = AbandonLooping();
        foreach (PluginSlot slot in Enumerable.Reverse(plugins.InOrderOrAsAdded())) Unload(slot);
        foreach ((PluginLibrary library, _) in libraries.Values) library.Dispose();
        libraries.Clear();
        settings?.Dispose();
    }

    /// <summary>The time, and the plugins that came since the last tick.</summary>
    private void Begin()
    {
        if (external is not null) Exchange(external);
        slots = plugins.Order;
        foreach (PluginSlot slot in slots)
        {
            // One that was enabled again has no fault any more.
            if (slot is { Told: { } told, Fault: null }) 
            {
                slot.Told = null;
                messages.Mend(told.Name);
            }
            if (!slot.IsLoaded)
            {
                if (settings?.Join(slot) is { } refused) messages.Take(new Say(refused, Severity.Warning), slot.Name, frame.Now);
                Call(slot, Loading);
            }
            // What one that was switched off wrote last is not news any more.
            if (slot.WasEnabled && !slot.IsEnabled) frame.Forget(slot.Writes);
            slot.WasEnabled = slot.IsEnabled;
        }
        frame.Begin(clock.GetElapsedTime(started));
        messages.Age(frame.Now);
        while (sent.TryDequeue(out object? message)) Post(message, "");
    }

    private void Update(PluginSlot slot)
    {
        Take(slot);
        Call(slot, Updating);
        Collect(slot);
    }

    /// <summary>Messages to plugins whose update is over.</summary>
    private void Deliver()
    {
        for (int round = 0; round < MostRounds && Array.Exists(slots, slot => slot.Inbox.Count > 0); round++)
            foreach (PluginSlot slot in slots)
            {
                Take(slot);
                Collect(slot);
            }
    }

    private void Take(PluginSlot slot)
    {
        for (int left = slot.Inbox.Count; left > 0 && slot.Inbox.Count > 0; left--)
            if (slot.IsEnabled) Call(slot, Taking);
            else slot.Inbox.Dequeue();
    }

    private static void TakeOne(PluginSlot slot, Frame frame)
    {
        (Handler handler, object message) = slot.Inbox.Dequeue();
        handler.Take(frame, message);
    }

    /// <summary>Hands on what a plugin has sent.</summary>
    private void Collect(PluginSlot slot)
    {
        while (slot.Plugin.TryTakeSent(out object? message)) Post(message!, slot.Name);
    }

    private void Post(object message, string by)
    {
        if (message is Say said)
        {
            messages.Take(said, by, frame.Now);
            HasFailed |= said.Severity == Severity.Loss;
        }
        else if (message is Mended mended) messages.Mend(mended.About);
        foreach (PluginSlot slot in slots)
            foreach (Handler handler in slot.Handles)
                if (handler.Message == message.GetType()) slot.Inbox.Enqueue((handler, message));
    }

    private sealed record KeyPress(KeyCommand Command, bool IsFast)
    {
        public void Do(Frame frame) => Command.Do(frame, IsFast);
    }

    private void Press(PluginSlot slot, KeyCommand command, bool isFast)
    {
        Call(slot, Pressing, new KeyPress(command, isFast));
        Collect(slot);
    }

    /// <summary>Keeps what the tick took for the next one to show.</summary>
    private void End()
    {
        frame.Events.Clear();
        long now = Stopwatch.GetTimestamp();
        float rate = lastTick == 0 ? 0 : (float)(Stopwatch.Frequency / (double)Math.Max(1, now - lastTick));
        times.TicksPerSecond = Blend(times.TicksPerSecond, rate);
        lastTick = now;
        foreach (PluginSlot slot in slots)
        {
            Collect(slot);
            slot.Smoothed = Blend(slot.Smoothed, slot.Spent);
            slot.Spent = 0;
        }
        settings?.Keep(frame.Now);
        if (settings?.TakeTrouble() is { } trouble) messages.Take(new Say(trouble, Severity.Warning), "settings", frame.Now);
    }

    /// <summary>One call of one plugin. What it throws disables it; what an essential one throws ends the run.</summary>
    private void Call(PluginSlot slot, Action<PluginSlot, Frame, object?> what, object? argument = null)
    {
        if (!slot.IsEnabled) return;
        slot.IsLoaded = true;
        long start = Stopwatch.GetTimestamp();
        if (slot.IsExternal) guest = slot;
        try
        {
            what(slot, frame, argument);
        }
        catch (Exception error) when (!slot.IsEssential && !(error is OperationCanceledException && stopping.IsCancellationRequested))
        {
            slot.CannotLoad = what == Loading;
            slot.IsEnabled = false;
            frame.Forget(slot.Writes);
            Tell(slot, error);
        }
        finally
        {
            guest = null;
        }
        slot.Spent += (float)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private void Unload(PluginSlot slot)
    {
        if (slot.IsExternal) guest = slot;
        try
        {
            slot.Plugin.Unload();
        }
        catch (Exception error)
        {
            Tell(slot, error);
        }
        finally
        {
            guest = null;
        }
        Collect(slot);
    }

    private void Tell(PluginSlot slot, Exception error)
    {
        HasFailed |= !slot.IsExternal;
        slot.Fault = slot.Told = Fault.Of(slot.Name, error);
        messages.Take(slot.Fault);
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static float Blend(float old, float now) => old == 0 ? now : old + (now - old) * Newest;
}
