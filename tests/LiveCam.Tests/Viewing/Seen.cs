using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Lessons;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Record;
using LiveCam.Plugins.Switchboard;
using LiveCam.Teaching;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests;

/// <summary>What plugins publish, by name; null before the first.</summary>
internal static class Published
{
    extension(Frame frame)
    {
        public Answer Answer => frame.Get<Answer>()!;
        public bool IsAnswered => frame.HasNew<Answer>();
        public NetworkInfo Network => frame.Get<NetworkInfo>()!;
        public LayerData Layer => frame.Get<LayerData>()!;
        public IReadOnlyList<double> StepMilliseconds => frame.Get<LayerTimes>()?.Milliseconds ?? [];
        public TileAtlas? Features => frame.Get<FeatureView>()?.Tiles;
        public int[] ChannelOrder => frame.Get<FeatureView>()?.Order ?? [];
        public string FeaturesTitle => frame.Get<FeatureView>()?.Title ?? "";
        public string FeaturesNote => frame.Get<FeatureView>()?.Note ?? "";
        public TeachingState? Teaching => frame.Get<TeachingState>();
        public BurstState Burst => frame.Get<BurstState>() ?? BurstState.None;
        public ShelfRows SmallSamples => frame.Get<ShelfRows>() ?? ShelfRows.Empty;
        public LessonState? Lessons => frame.Get<LessonState>();
        public Rect CameraPane => frame.Get<CameraPlace>()?.Pane ?? default;
        public CameraReport Report => frame.Get<CameraReport>() ?? new();
        public CameraStatus Camera => frame.Report.Status;
        public string Source => frame.Report.Source;
        public IReadOnlyList<Fault> Faults => frame.Get<Messages>()?.Faults ?? [];
        public PluginList Plugins => frame.Get<PluginList>()!;
        public Messages Said => frame.Get<Messages>()!;
    }
}

/// <summary>What keys and mouse have chosen, wherever it lives.</summary>
internal sealed class Seen(Frame frame, LiveCamApp app)
{
    private T Find<T>() where T : Plugin => frame.Plugins.OfType<T>().First();

    public string Message => frame.Said.Text;
    public bool IsComplaint => frame.Said.IsWarning;
    public bool IsFullscreen => frame.IsFullscreen;
    public bool IsRecording => Find<RecordPlugin>().IsRecording;
    public bool IsZoomed => Find<OverlayPlugin>().IsZoomed;
    public int Tap => Find<OverlayPlugin>().Tap;
    public int FirstLayer => Find<OverlayPlugin>().FirstLayer;
    public float Split => Find<OverlayPlugin>().Split;
    public int LayerWish(NetworkInfo network) => Find<OverlayPlugin>().LayerWish(network);
    public bool ShowsPlugins => frame.Get<Focus>()?.Page is SwitchboardPlugin;
    public int ChosenPlugin => Find<SwitchboardPlugin>().Chosen;
    public bool ShowsTeaching => frame.Get<Focus>()?.Page is LessonsPlugin;
    public int ChosenClass => Find<LessonsPlugin>().ChosenClass;
    public int SampleRoom => Find<LessonsPlugin>().Room;

    public bool IsFrozen
    {
        get => frame.Report.IsFrozen;
        set => frame.Report.IsFrozen = value;
    }

    public int Channel
    {
        get => frame.Get<FeatureView>()?.Channel ?? 0;
        set => app.Send(new ChooseChannel(value));
    }

    public (float X, float Y) Probe
    {
        set => app.Send(new MoveProbe(value.X, value.Y));
    }

    public void LookAgain() => app.Send(new LookAgain());
}
