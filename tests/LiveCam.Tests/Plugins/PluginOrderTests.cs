using LiveCam.Engine;

namespace LiveCam.Tests.Plugins;

/// <summary>The order follows from what plugins read and write.</summary>
public sealed class PluginOrderTests
{
    private sealed class Picture;
    private sealed class Answer;
    private sealed class FeatureView;
    private sealed class Canvas;

    private sealed class Stub(string name, Type[] reads, Type[] writes, params Type[] mayRead) : Plugin
    {
        public override string Name => name;
        public override IReadOnlyList<Type> Reads => reads;
        public override IReadOnlyList<Type> MayRead => mayRead;
        public override IReadOnlyList<Type> Writes => writes;
    }

    private static Stub Camera => new("camera", [], [typeof(Picture)]);
    private static Stub Network => new("network", [typeof(Picture)], [typeof(Answer)]);
    private static Stub Screen => new("screen", [], [typeof(Canvas)], typeof(Picture), typeof(Answer), typeof(FeatureView));

    private static string Order(PluginList list) => string.Join(' ', list.Slots.Select(slot => slot.Name));

    [Fact]
    public void Readers_come_after_writers_however_they_were_added() =>
        Assert.Equal("camera network screen file", Order([new Stub("file", [typeof(Canvas)], []), Screen, Network, Camera]));

    [Fact]
    public void Who_does_not_depend_on_others_stays_in_place() =>
        Assert.Equal("a camera b network c", Order([new Stub("a", [], []), Camera, new Stub("b", [], []), Network, new Stub("c", [typeof(LiveCam.Platform.WindowEvent)], [])]));

    [Fact]
    public void Who_changes_a_part_comes_between_who_makes_it_and_who_reads_it() =>
        Assert.Equal("camera mirror blur network", Order([Network, new Stub("mirror", [typeof(Picture)], [typeof(Picture)]), new Stub("blur", [typeof(Picture)], [typeof(Picture)]), Camera]));

    [Fact]
    public void What_may_be_read_need_not_be_there() => Assert.Equal("camera screen", Order([Screen, Camera]));

    [Fact]
    public void A_missing_writer_is_one_sentence()
    {
        string sentence = Assert.Throws<LiveCamException>(() => Order([Camera, new Stub("file", [typeof(Canvas)], [])])).Message;
        Assert.Contains("\"file\" reads the canvas", sentence);
        Assert.EndsWith(".", sentence);
    }

    [Fact]
    public void Changing_a_part_that_nobody_makes_is_a_missing_writer() =>
        Assert.Throws<LiveCamException>(() => Order([new Stub("mirror", [typeof(Picture)], [typeof(Picture)])]));

    [Fact]
    public void A_circle_is_one_sentence_that_names_who_is_in_it()
    {
        PluginList list = [Camera, new Stub("egg", [typeof(Answer)], [typeof(FeatureView)]), new Stub("hen", [typeof(FeatureView), typeof(Picture)], [typeof(Answer)]), new Stub("fox", [typeof(Answer)], [])];
        string sentence = Assert.Throws<LiveCamException>(() => Order(list)).Message;
        Assert.Contains("\"egg\" reads the answer of \"hen\"", sentence);
        Assert.Contains("\"hen\" reads the feature view of \"egg\"", sentence);
        Assert.DoesNotContain("fox", sentence);
        Assert.DoesNotContain("camera", sentence);
    }

    [Fact]
    public void The_plugins_of_the_program_declare_what_their_order_needs()
    {
        // Every class of the program derives its place from its declarations, so none that takes part in the frame may be without.
        IEnumerable<Type> types = typeof(Plugin).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Plugin)) && !type.IsAbstract);
        Assert.All(types, type => Assert.True(
            type.GetProperty(nameof(Plugin.Reads))!.DeclaringType != typeof(Plugin) || type.GetProperty(nameof(Plugin.MayRead))!.DeclaringType != typeof(Plugin)
                || type.GetProperty(nameof(Plugin.Writes))!.DeclaringType != typeof(Plugin), $"{type.Name} declares neither what it reads nor what it writes"));
    }
}
