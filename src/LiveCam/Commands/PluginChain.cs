using LiveCam.Networks;
using LiveCam.Plugins.Checkup;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.Explain;
using LiveCam.Plugins.Faults;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Help;
using LiveCam.Plugins.Lessons;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Switchboard;
using LiveCam.Plugins.Teach;

namespace LiveCam.Commands;

/// <summary>The plugins of a run, whatever it is for: what is given here settles which of them there are. This is the one place that lists them.</summary>
public sealed record PluginChain
{
    /// <summary>Where pictures come from: capture or a replay.</summary>
    public required Plugin Source { get; init; }

    /// <summary>What looks at them; null for nothing.</summary>
    public LiveNetwork? Network { get; init; }

    /// <summary>What keeps samples and learns from them; null where nobody teaches.</summary>
    public SamplesPlugin? Samples { get; init; }
    public TeachPlugin? Teach { get; init; }

    /// <summary>Whether anybody looks at composed frames.</summary>
    public bool IsShown { get; init; }

    /// <summary>Whether keys and mouse do anything; in a replay they are only told.</summary>
    public bool HasKeys { get; init; } = true;

    /// <summary>Whether an error of any plugin ends the run, and not only of those without which it has no purpose.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The rate at which the bar of stages is full.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>What a colour scale of the feature maps is shared by at first.</summary>
    public MapScope Scope { get; init; }

    /// <summary>The method whose maps lie over the picture from the start, and whether each picture waits for its own, as in a recording.</summary>
    public string? Explained { get; init; }
    public bool ExplainsEach { get; init; }

    /// <summary>The window, before everything and after everything; null for none.</summary>
    public Plugin? Input { get; init; }
    public Plugin? Present { get; init; }

    /// <summary>Further ones, before the network where they do not say otherwise: scripts, what a measurement needs.</summary>
    public IReadOnlyList<Plugin> Extras { get; init; } = [];

    /// <summary>What is done with what was composed and answered; the run has no purpose without them.</summary>
    public IReadOnlyList<Plugin> Outputs { get; init; } = [];

    public PluginList Build()
    {
        PluginList plugins = [];
        Add(Input, isEssential: true);
        if (HasKeys) Add(new ControlsPlugin(), isEssential: true);
        Add(Source, isEssential: true);
        foreach (Plugin extra in Extras) Add(extra);
        if (Network is not null) Add(new ClassifyPlugin(Network), isEssential: true);
        Add(Samples, isEssential: true);
        Add(Teach, isEssential: true);
        if (IsShown)
        {
            if (Network is not null) Add(new FeatureMapsPlugin(Scope));
            if (Network is not null && HasKeys) Add(new CheckupPlugin());
            Add(new OverlayPlugin((float)FramesPerSecond), isEssential: Present is not null);
            if (Network is not null && (HasKeys || Explained is not null)) Add(new ExplainPlugin(Explained, ExplainsEach));
        }
        if (HasKeys) Add(new LessonsPlugin());
        if (IsShown)
        {
            Add(new SwitchboardPlugin());
            Add(new HelpPlugin());
            Add(new FaultsPlugin());
        }
        foreach (Plugin output in Outputs) Add(output, isEssential: true);
        Add(Present, isEssential: true);
        return plugins;

        void Add(Plugin? plugin, bool isEssential = false)
        {
            if (plugin is not null) plugins.Add(plugin, isEssential || IsStrict);
        }
    }
}
