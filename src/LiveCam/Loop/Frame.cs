using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Loop;

/// <summary>
/// What one tick knows: what every plugin needs and, in a slot for each type, what plugins publish for each other. The loop has one and uses it again.
/// </summary>
/// <param name="width">Of the composed picture, in pixels.</param>
/// <param name="isShown">Whether somebody looks at the composed picture; if not, no plugin draws.</param>
public sealed class Frame(int width, int height, bool isShown)
{
    private sealed class Slot
    {
        public object? Value;
        public long Tick = -1;
    }

    private readonly Dictionary<Type, Slot> slots = [];
    private Theme? theme;
    private long tick;

    /// <summary>Size of the composed picture in pixels; a window changes it between ticks.</summary>
    public int Width { get; set; } = width;
    public int Height { get; set; } = height;

    /// <summary>Pixels per logical unit that the display asks for; 0 where nobody asks and the frame's size decides.</summary>
    public float ContentScale { get; set; }

    /// <summary>How a person wants the display: the window over the whole screen, and what <see cref="Theme"/> follows.</summary>
    public bool IsFullscreen { get; set; }
    public bool IsLargeText { get; set; }
    public bool IsHighContrast { get; set; }

    /// <summary>Every size and colour, for the frame's size and the person's wishes.</summary>
    public Theme Theme
    {
        get
        {
            // A display that asks for larger pixels gets larger text, as far as the frame has room for it.
            float fit = Theme.ScaleFor(Width, Height), scale = Math.Clamp(Math.Clamp(ContentScale, fit, fit * 1.25f), 1, 3);
            if (theme is null || theme.Scale != scale || theme.LargeText != IsLargeText || theme.HighContrast != IsHighContrast)
                theme = new Theme(scale, IsLargeText, IsHighContrast);
            return theme;
        }
    }

    public bool IsShown => isShown;

    /// <summary>The draw list of this tick; null where nobody looks.</summary>
    public Canvas? Canvas { get; } = isShown ? new Canvas() : null;

    /// <summary>Keys, mouse and window events since the last tick, from a window or a script.</summary>
    public List<WindowEvent> Events { get; } = [];

    /// <summary>The newest picture, valid until the next tick; null before the first.</summary>
    public Picture? Picture { get; set; }

    /// <summary>Whether <see cref="Picture"/> came in this tick.</summary>
    public bool IsNew { get; set; }

    /// <summary>The picture's number among all that were captured, from 0, its source's time, and when it arrived in Stopwatch ticks.</summary>
    public long Number { get; set; }
    public TimeSpan Time { get; set; }
    public long Arrived { get; set; }

    /// <summary>Whether nothing comes after this tick: the source has ended, or a person wants to.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The loop's clock at the start of the tick, from its own start on; a replay writes the recorded time.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>How long an OpenGL device that also draws may work for a network in one tick, and what is left of that for other work.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(8);
    public TimeSpan Spare { get; set; }

    /// <summary>Takes device time out of <see cref="Spare"/>.</summary>
    public void Spend(double milliseconds) => Spare = TimeSpan.FromMilliseconds(Math.Max(0, Spare.TotalMilliseconds - milliseconds));

    /// <summary>What a plugin published last under this type; null where there is nothing.</summary>
    public T? Get<T>() where T : class => slots.TryGetValue(typeof(T), out Slot? slot) ? (T?)slot.Value : null;

    /// <summary>Whether it was published in this tick.</summary>
    public bool HasNew<T>() where T : class => slots.TryGetValue(typeof(T), out Slot? slot) && slot.Value is not null && slot.Tick == tick;

    /// <summary>Publishes a value, which stays until another one comes; null takes it away. Once the slot is there this allocates nothing.</summary>
    public void Set<T>(T? value) where T : class
    {
        Slot slot = SlotOf(typeof(T));
        (slot.Value, slot.Tick) = (value, tick);
    }

    /// <summary>Puts another value in a published one's place, which is as new or old as that one was.</summary>
    public void Replace<T>(T value) where T : class => SlotOf(typeof(T)).Value = value;

    /// <summary>Begins a tick: nothing is new.</summary>
    internal void Begin(TimeSpan now)
    {
        tick++;
        (Now, IsNew, Spare) = (now, false, Budget);
    }

    /// <summary>Takes away what was published under these types, and the slots themselves: a library that goes takes its types along.</summary>
    internal void Forget(IReadOnlyList<Type> types)
    {
        foreach (Type type in types) slots.Remove(type);
    }

    private Slot SlotOf(Type type)
    {
        if (!slots.TryGetValue(type, out Slot? slot)) slots[type] = slot = new Slot();
        return slot;
    }
}
