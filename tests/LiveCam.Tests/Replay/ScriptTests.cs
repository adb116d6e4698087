using System.Text;
using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Recording;
using LiveCam.Tests.Platform;
using LiveCam.Tests.Plugins;
using LiveCam.Text;
using LiveCam.Plugins.Scripting;
using LiveCam.Input;

namespace LiveCam.Tests.Replay;

/// <summary>Events as lines of text, and back.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string, WindowEvent> Lines => new()
    {
        { """{"at":1.5,"event":"key","key":"Right","shift":true}""", new(WindowEventKind.KeyDown) { Key = Key.Right, Modifiers = Modifiers.Shift } },
        { """{"at":0,"event":"key","key":"D7","control":true,"alt":true,"super":true,"repeat":true}""",
            new(WindowEventKind.KeyDown) { Key = Key.D7, Modifiers = Modifiers.Control | Modifiers.Alt | Modifiers.Super, IsRepeat = true } },
        { """{"at":0.0000001,"event":"keyup","key":161}""", new(WindowEventKind.KeyUp) { Key = (Key)161 } },
        { """{"at":2,"event":"text","text":"é"}""", new(WindowEventKind.Text) { Character = new Rune('é') } },
        { """{"at":2,"event":"move","x":12.5,"y":-3}""", new(WindowEventKind.MouseMove) { X = 12.5f, Y = -3 } },
        { """{"at":2,"event":"down","button":"Right","x":1,"y":2}""", new(WindowEventKind.MouseDown) { Button = MouseButton.Right, X = 1, Y = 2 } },
        { """{"at":2,"event":"up","button":"Left","x":1,"y":2}""", new(WindowEventKind.MouseUp) { X = 1, Y = 2 } },
        { """{"at":2,"event":"leave"}""", new(WindowEventKind.MouseLeave) },
        { """{"at":2,"event":"scroll","x":1,"y":2,"dx":0,"dy":-1}""", new(WindowEventKind.Scroll) { X = 1, Y = 2, DeltaY = -1 } },
        { """{"at":2,"event":"resize","width":1920,"height":1080}""", new(WindowEventKind.Resize) { Width = 1920, Height = 1080 } },
        { """{"at":2,"event":"scale"}""", new(WindowEventKind.ScaleChange) },
        { """{"at":2,"event":"blur"}""", new(WindowEventKind.FocusLost) },
        { """{"at":2,"event":"drop","path":"/a b/model.onnx"}""", new(WindowEventKind.Drop) { Path = "/a b/model.onnx" } },
        { """{"at":2,"frame":-1,"step":3,"event":"close"}""", new(WindowEventKind.Close) },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_read_and_written_again(string text, WindowEvent expected)
    {
        ScriptLine line = ScriptLine.Parse(text, "test");
        Assert.Equal(expected, line.Event);
        using var written = new StringWriter { NewLine = "" };
        var json = new JsonLine(written);
        line.Write(json.Begin());
        json.End();
        Assert.Equal(text, written.ToString());
    }

    [Fact]
    public void Every_kind_of_event_has_a_line() =>
        Assert.Equal(Enum.GetValues<WindowEventKind>().Order(), Lines.Select(row => ((WindowEvent)((object[])row)[1]).Kind).Distinct().Order());

    [Theory]
    [InlineData("no json", "it is no JSON")]
    [InlineData("[1]", "it is no JSON object")]
    [InlineData("""{"event":"close"}""", "\"at\" is missing")]
    [InlineData("""{"at":-1,"event":"close"}""", "\"at\" is -1")]
    [InlineData("""{"at":1,"event":"dance"}""", "no event \"dance\"")]
    [InlineData("""{"at":1,"event":"key"}""", "\"key\" is missing")]
    [InlineData("""{"at":1,"event":"key","key":"Rigth"}""", "no key \"Rigth\"")]
    [InlineData("""{"at":"soon","event":"close"}""", "")]
    [InlineData("""{"at":1,"event":"text","text":"ab"}""", "one character")]
    [InlineData("""{"at":1,"event":"drop"}""", "\"path\" is missing")]
    [InlineData("""{"at":1,"event":"drop","path":null}""", "\"path\" is null")]
    [InlineData("""{"at":1,"event":"down","button":"Fourth"}""", "no mouse button \"Fourth\"")]
    public void A_wrong_line_is_one_sentence_that_names_it(string text, string reason)
    {
        string file = scratch.Write("script.jsonl", Encoding.UTF8.GetBytes($"# a comment\n\n{text}\n"));
        string sentence = Assert.Throws<LiveCamException>(() => Script.Load(file)).Message;
        Assert.Contains($"\"{file}\", line 3", sentence);
        Assert.Contains(reason, sentence);
    }

    [Fact]
    public void Events_come_in_the_first_tick_that_reached_their_time()
    {
        string file = scratch.Write("script.jsonl", """
            {"at":0.2,"event":"key","key":"B"}
            {"at":0,"event":"key","key":"A"}
            {"at":0.2,"event":"key","key":"C"}
            {"at":9,"event":"key","key":"D"}
            """u8);
        var clock = new FakeClock();
        var diary = new List<string>();
        var app = new LiveCamApp([new Reader(diary), new ScriptPlugin(Script.Load(file))], new Frame(160, 160, isShown: false), clock: clock);
        app.Load();
        for (int i = 0; i < 5; i++)
        {
            app.Tick();
            clock.Advance(TimeSpan.FromMilliseconds(150));
        }
        Assert.Equal(["0: A", "0.3: B C"], diary);
    }

    private sealed class Reader(List<string> diary) : Plugin
    {
        public override string Name => "reader";
        public override IReadOnlyList<Type> Reads => [typeof(WindowEvent)];

        public override void Update(Frame frame)
        {
            if (frame.Events.Count > 0) diary.Add($"{frame.Now.TotalSeconds}: {string.Join(' ', frame.Events.Select(one => one.Key))}");
        }
    }
}
