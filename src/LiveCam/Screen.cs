using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Teaching;
using LiveCam.Ui;

namespace LiveCam;

/// <summary>What one colour scale of the feature maps is shared by.</summary>
public enum MapScope
{
    /// <summary>All channels of the layer.</summary>
    Layer,
    /// <summary>Each channel has its own.</summary>
    Unit,
    /// <summary>All layers that were looked at.</summary>
    Net,
}

/// <summary>How a person wants to see the program: everything keys and mouse change. It outlives the tick.</summary>
public sealed class Screen
{
    public bool IsFrozen { get; set; }
    public bool IsFullscreen { get; set; }
    public bool IsLargeText { get; set; }
    public bool IsHighContrast { get; set; }
    public bool ShowsHelp { get; set; }
    public bool ShowsKernels { get; set; } = true;

    /// <summary>Whether the page of plugins is shown, and which of them keys work on.</summary>
    public bool ShowsPlugins { get; set; }
    public int ChosenPlugin { get; set; }

    /// <summary>Whether the page of teaching is shown, and which class and which of its samples (0 is the newest) keys work on there.</summary>
    public bool ShowsTeaching { get; set; }
    public int ChosenClass { get; set; }
    public int ChosenSample { get; set; }

    /// <summary>Which part of the page is seen where there is no room for all, counted on and on.</summary>
    public int TeachingPart { get; set; }

    /// <summary>How many samples the page has room for, at most <see cref="SampleShelf.Most"/>, and the place of the first of them.</summary>
    public int SampleRoom { get; set; } = 12;
    public int FirstSample => ShowsTeaching ? ChosenSample / SampleRoom * SampleRoom : 0;

    /// <summary>Wishes about samples and about learning that no plugin has taken yet, oldest first.</summary>
    public Queue<SampleWish> SampleWishes { get; } = new();
    public Queue<LessonWish> LessonWishes { get; } = new();

    /// <summary>What a person is typing; keys go there and not to commands. Null where nobody types.</summary>
    public TextEntry? Entry { get; set; }

    /// <summary>Whether the chosen channel fills the camera's pane.</summary>
    public bool IsZoomed { get; set; }

    /// <summary>Whether channels stand in the order of their mean response.</summary>
    public bool IsSorted { get; set; }

    /// <summary>Whether composed frames go into a video.</summary>
    public bool IsRecording { get; set; }

    /// <summary>Snapshots asked for so far.</summary>
    public int Snapshots { get; set; }

    /// <summary>Index into <see cref="ColorMap.All"/>; -1 lets the data choose: signed where values are below zero, else viridis.</summary>
    public int Map { get; set; } = -1;
    public MapScope Scope { get; set; }

    /// <summary>The chosen channel of the layer, as the network counts.</summary>
    public int Channel { get; set; }

    /// <summary>The first row of the list of layers; -1 keeps the chosen layer in sight.</summary>
    public int FirstLayer { get; set; } = -1;

    public const float LeastSplit = 0.26f, MostSplit = 0.62f;

    /// <summary>The layer asked for last, and of which network; it may not be there yet.</summary>
    public (NetworkInfo Network, int Index)? ChosenLayer { get; set; }

    /// <summary>Whether the picture has to be looked at again although it is the same: the network changed.</summary>
    public bool LooksAgain { get; set; }

    /// <summary>Width of the right column as a share of the frame; 0 lets the panes choose.</summary>
    public float Split { get; set; }

    /// <summary>The mouse in frame pixels; null while it is outside.</summary>
    public (float X, float Y)? Pointer { get; set; }

    /// <summary>The place looked at, as shares of the picture from its top left corner: moved by the pointer or by keys.</summary>
    public (float X, float Y) Probe { get; set; } = (0.5f, 0.5f);

    /// <summary>Which of the nine numbers of a kernel keys change: 0..8, row by row.</summary>
    public int Tap { get; set; } = 4;

    /// <summary>Wishes to the network that no plugin has taken yet, oldest first.</summary>
    public Queue<NetworkWish> Wishes { get; } = new();

    /// <summary>A sentence shown on top of everything until its time is over.</summary>
    public string Message { get; private set; } = "";
    public bool IsComplaint { get; private set; }
    private TimeSpan messageEnds;

    /// <summary>The place of the layer that is shown or on its way.</summary>
    public int LayerWish(NetworkInfo network) =>
        ChosenLayer is { } chosen && ReferenceEquals(chosen.Network.Model, network.Model) && chosen.Network.Layers.Count == network.Layers.Count ? chosen.Index : network.KeptIndex;

    /// <param name="now">The loop's clock, <see cref="Frame.Now"/>.</param>
    public void Say(string message, TimeSpan now, bool complaint = false)
    {
        (Message, IsComplaint) = (message, complaint);
        messageEnds = now + TimeSpan.FromSeconds(complaint ? 8 : 2.5);
    }

    /// <summary>Forgets a message whose time is over.</summary>
    public void Age(TimeSpan now)
    {
        if (Message.Length > 0 && now >= messageEnds) Message = "";
    }
}
