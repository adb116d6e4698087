using LiveCam.Engine;

namespace LiveCam.Tests.Plugins;

/// <summary>The order follows from what plugins read and write.</summary>
public sealed class PluginOrderTests
{
    private const FrameParts None = FrameParts.None, Picture = FrameParts.Picture, Answer = FrameParts.Answer, Features = FrameParts.Features, Canvas = FrameParts.Canvas;

    private sealed class Stub(string name, FrameParts reads, FrameParts writes, FrameParts mayRead = None) : Plugin
    {
        public override string Name => name;
        public override FrameParts Reads => reads;
        public override FrameParts MayRead => mayRead;
        public override FrameParts Writes => writes;
    }

    private static Stub Camera => new("camera", None, Picture);
    private static Stub Network => new("network", Picture, Answer);
    private static Stub Screen => new("screen", None, Canvas, Picture | Answer | Features);

    private static string Order(PluginList list) => string.Join(' ', list.Slots.Select(slot => slot.Name));

    [Fact]
    public void Readers_come_after_writers_however_they_were_added() =>
        Assert.Equal("camera network screen file", Order([new Stub("file", Canvas, None), Screen, Network, Camera]));

    [Fact]
    public void Who_does_not_depend_on_others_stays_in_place() =>
        Assert.Equal("a camera b network c", Order([new Stub("a", None, None), Camera, new Stub("b", None, None), Network, new Stub("c", FrameParts.Events, None)]));

    [Fact]
    public void Who_changes_a_part_comes_between_who_makes_it_and_who_reads_it() =>
        Assert.Equal("camera mirror blur network", Order([Network, new Stub("mirror", Picture, Picture), new Stub("blur", Picture, Picture), Camera]));

    [Fact]
    public void What_may_be_read_need_not_be_there() => Assert.Equal("camera screen", Order([Screen, Camera]));

    [Fact]
    public void A_missing_writer_is_one_sentence()
    {
        string sentence = Assert.Throws<LiveCamException>(() => Order([Camera, new Stub("file", Canvas, None)])).Message;
        Assert.Contains("\"file\" reads the Canvas", sentence);
        Assert.EndsWith(".", sentence);
    }

    [Fact]
    public void Changing_a_part_that_nobody_makes_is_a_missing_writer() =>
        Assert.Throws<LiveCamException>(() => Order([new Stub("mirror", Picture, Picture)]));

    [Fact]
    public void A_circle_is_one_sentence_that_names_who_is_in_it()
    {
        PluginList list = [Camera, new Stub("egg", Answer, Features), new Stub("hen", Features | Picture, Answer), new Stub("fox", Answer, None)];
        string sentence = Assert.Throws<LiveCamException>(() => Order(list)).Message;
        Assert.Contains("\"egg\" reads the Answer of \"hen\"", sentence);
        Assert.Contains("\"hen\" reads the Features of \"egg\"", sentence);
        Assert.DoesNotContain("fox", sentence);
        Assert.DoesNotContain("camera", sentence);
    }

    [Fact]
    public void Neighbours_that_do_not_depend_on_each_other_can_be_exchanged()
    {
        PluginList list = [Camera, Network, new Stub("file", Answer, None), new Stub("sound", Answer, None)];
        list.Move("sound", up: true);
        Assert.Equal("camera network sound file", Order(list));
        list.Move("sound", up: false);
        Assert.Equal("camera network file sound", Order(list));
    }

    [Theory]
    [InlineData("file", true, "\"file\" reads the Answer that \"network\" writes")]
    [InlineData("camera", false, "\"network\" reads the Picture that \"camera\" writes")]
    [InlineData("camera", true, "it is the first of 3")]
    [InlineData("nobody", true, "There is no plugin \"nobody\"")]
    public void Other_moves_are_refused_with_the_reason(string name, bool up, string reason)
    {
        PluginList list = [Camera, Network, new Stub("file", Answer, None)];
        Assert.Contains(reason, Assert.Throws<LiveCamException>(() => list.Move(name, up)).Message);
        Assert.Equal("camera network file", Order(list));
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
