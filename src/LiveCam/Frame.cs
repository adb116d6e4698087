using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam;

/// <summary>What one tick knows. The loop has one and uses it again; each field says which plugin writes it.</summary>
/// <param name="width">Of the composed picture, in pixels.</param>
/// <param name="isShown">Whether somebody looks at the composed picture; if not, no plugin draws.</param>
public sealed class Frame(int width, int height, bool isShown)
{
    /// <summary>Size of the composed picture in pixels; a window changes it between ticks.</summary>
    public int Width { get; set; } = width;
    public int Height { get; set; } = height;

    /// <summary>Pixels per logical unit that the display asks for; 0 where nobody asks and the frame's size decides.</summary>
    public float ContentScale { get; set; }

    /// <summary>What keys and mouse have chosen.</summary>
    public Screen Screen { get; } = new();

    /// <summary>Every size and colour, for the frame's size and the person's wishes.</summary>
    public Theme Theme
    {
        get
        {
            // A display that asks for larger pixels gets larger text, as far as the frame has room for it.
            float fit = Theme.ScaleFor(Width, Height), scale = Math.Clamp(Math.Clamp(ContentScale, fit, fit * 1.25f), 1, 3);
            if (theme is null || theme.Scale != scale || theme.LargeText != Screen.IsLargeText || theme.HighContrast != Screen.IsHighContrast)
                theme = new Theme(scale, Screen.IsLargeText, Screen.IsHighContrast);
            return theme;
        }
    }

    private Theme? theme;
    public bool IsShown => isShown;

    /// <summary>The draw list of this tick.</summary>
    public Canvas? Canvas { get; } = isShown ? new Canvas() : null;

    /// <summary>The host: keys, mouse and window events since the last tick, from a window or a script. Plugins only read it.</summary>
    public List<WindowEvent> Events { get; } = [];

    /// <summary>Capture: the newest picture, valid until the next tick; null before the first.</summary>
    public Picture? Picture { get; set; }

    /// <summary>Capture: whether <see cref="Picture"/> came in this tick.</summary>
    public bool IsNew { get; set; }

    /// <summary>Capture: whether the source has ended; nothing comes after this tick.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Capture: the picture's number among all that were captured, from 0.</summary>
    public long Number { get; set; }

    /// <summary>Capture: the source's time of the picture.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>Capture: when the picture arrived, in Stopwatch ticks.</summary>
    public long Arrived { get; set; }

    /// <summary>Capture: pictures captured and thrown away unseen so far.</summary>
    public long Captured { get; set; }
    public long Dropped { get; set; }

    /// <summary>Capture: captured pictures that were bit for bit the one before.</summary>
    public long Duplicated { get; set; }

    /// <summary>Capture: how the camera is doing.</summary>
    public CameraStatus Camera { get; set; } = CameraStatus.None;

    /// <summary>Capture: what is captured, as it would be written after <c>--source</c>, and how the pictures are turned.</summary>
    public string Source { get; set; } = "";
    public CameraView View { get; set; } = CameraView.Plain;

    /// <summary>Whoever wants another camera or view; Capture takes it at its next update and sets it back to null.</summary>
    public CaptureRequest? CaptureRequest { get; set; }

    /// <summary>Classify: the newest answer; null before the first.</summary>
    public Answer? Answer { get; set; }

    /// <summary>Classify: whether <see cref="Answer"/> came in this tick.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Classify: the network that gave <see cref="Answer"/>, its kept layer, and milliseconds of its steps (empty until measured).</summary>
    public NetworkInfo? Network { get; set; }
    public LayerData? Layer { get; set; }
    public IReadOnlyList<double> StepMilliseconds { get; set; } = [];

    /// <summary>FeatureMaps: the chosen layer as tiles, with its name and shape; null where none is kept.</summary>
    public TileAtlas? Features { get; set; }

    /// <summary>FeatureMaps: which channel each tile shows.</summary>
    public int[] ChannelOrder { get; set; } = [];

    /// <summary>FeatureMaps: the colours of the tiles, and the layer's kernels as tiles beside them.</summary>
    public ColorMap Colors { get; set; } = ColorMap.Viridis;
    public TileAtlas? Kernels { get; set; }
    public string FeaturesTitle { get; set; } = "";
    public string FeaturesNote { get; set; } = "";

    /// <summary>Samples: the project that is taught in; null where there is none.</summary>
    public TeachingState? Teaching { get; set; }

    /// <summary>Samples: what is being recorded, and what became of it so far.</summary>
    public BurstState Burst { get; set; } = BurstState.None;

    /// <summary>Samples: small pictures, by class: a row of the chosen one's samples, and the newest of each other.</summary>
    public IReadOnlyDictionary<int, ShelfRow> SmallSamples { get; set; } = new Dictionary<int, ShelfRow>();

    /// <summary>Teach: how learning stands; null where nobody teaches.</summary>
    public LessonState? Lessons { get; set; }

    /// <summary>Overlay: where the camera's picture stands, for what is drawn over it.</summary>
    public Rect CameraPane { get; set; }

    /// <summary>The loop: its time at the start of the tick, from its own start on; a replay writes the recorded one.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>The loop: what went wrong and is still so, at most one for each name; for the screen.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>The loop: its plugins, to show and to switch.</summary>
    public PluginList Plugins { get; set; } = [];

    /// <summary>What each stage of a picture's way takes.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>The host: how long an OpenGL device that also draws may work for a network in one tick.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(8);

    /// <summary>The loop: what is left of <see cref="Budget"/> in this tick for other work on that device.</summary>
    public TimeSpan Spare { get; set; }

    /// <summary>Takes device time out of <see cref="Spare"/>.</summary>
    public void Spend(double milliseconds) => Spare = TimeSpan.FromMilliseconds(Math.Max(0, Spare.TotalMilliseconds - milliseconds));

    /// <summary>The host: how long this tick's drawing waited for the screen.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>The host: what the device that draws last took, in milliseconds.</summary>
    public double DrawnByDevice { get; set; }

    /// <summary>The loop: smoothed milliseconds of each plugin, and ticks per second.</summary>
    public Stage[] Stages { get; set; } = [];
    public float TicksPerSecond { get; set; }

    /// <summary>Takes away what a plugin that failed wrote, so that nobody shows it as new.</summary>
    internal void Forget(FrameParts parts)
    {
        if ((parts & FrameParts.Answer) != 0) (Answer, IsAnswered) = (null, false);
        if ((parts & FrameParts.Samples) != 0) (Teaching, Burst) = (null, BurstState.None);
        if ((parts & FrameParts.Lesson) != 0) Lessons = null;
        if ((parts & FrameParts.Features) != 0) (Features, FeaturesTitle, FeaturesNote) = (null, "", "");
    }
}
