using LiveCam.Engine;

namespace LiveCam.Tests.Loop;

/// <summary>The order of the loop, and that every plugin is unloaded whatever happens.</summary>
public sealed class LiveCamAppTests
{
    private sealed class Scribe(string name, List<string> diary, int lastTick = int.MaxValue, string? failsAt = null) : Plugin
    {
        private int ticks;

        public override string Name => name;
        public override void Load() => Write("load");

        public override void Update(Frame frame)
        {
            Write("update");
            if (++ticks == lastTick) frame.HasEnded = true;
        }

        public override void Draw(Frame frame) => Write("draw");
        public override void Unload() => Write("unload");

        private void Write(string what)
        {
            diary.Add($"{name} {what}");
            if (what == failsAt) throw new LiveCamException($"{name} fails.");
        }
    }

    [Fact]
    public void All_update_then_all_draw()
    {
        var diary = new List<string>();
        new LiveCamApp([new Scribe("a", diary, lastTick: 2), new Scribe("b", diary)], new Frame(160, 160, isShown: true)).Run(CancellationToken.None);
        Assert.Equal(["a load", "b load", "a update", "b update", "a draw", "b draw", "a update", "b unload", "a unload"], diary);
    }

    [Fact]
    public void Nothing_is_drawn_when_nobody_looks()
    {
        var diary = new List<string>();
        new LiveCamApp([new Scribe("a", diary, lastTick: 5)], new Frame(160, 160, isShown: false)).Run(CancellationToken.None);
        Assert.DoesNotContain("a draw", diary);
    }

    [Theory]
    [InlineData("load")]
    [InlineData("update")]
    [InlineData("draw")]
    [InlineData("unload")]
    public void A_failure_unloads_all_and_is_told(string failsAt)
    {
        var diary = new List<string>();
        var app = new LiveCamApp([new Scribe("a", diary, lastTick: 2), new Scribe("b", diary, failsAt: failsAt)], new Frame(160, 160, isShown: true));
        Assert.Equal("b fails.", Assert.Throws<LiveCamException>(() => app.Run(CancellationToken.None)).Message);
        Assert.Equal(["b unload", "a unload"], diary[^2..]);
    }
}
