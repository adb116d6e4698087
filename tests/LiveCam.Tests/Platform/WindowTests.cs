using System.Runtime.InteropServices;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Tests;
using LiveCam.Platform;

namespace LiveCam.Tests.Platform;

/// <summary>Windows on whatever display there is (xvfb-run will do), the user played by events sent through X11.</summary>
[Collection(WindowCollection.Name)]
public sealed unsafe class WindowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_window_has_the_size_asked_for_and_a_core_context_that_draws(bool visible)
    {
        using Window window = Open(visible: visible);
        Assert.Equal(visible, window.Visible);
        float scale = window.ContentScale;
        Assert.Equal(((int)(320 * scale), (int)(200 * scale)), window.FramebufferSize);
        Assert.True(window.GlVersion.CompareTo((3, 3)) >= 0);

        window.Context.MakeCurrent();
        var version = (delegate* unmanaged<uint, byte*>)window.Context.GetProcAddress("glGetString");
        string text = Marshal.PtrToStringUTF8((nint)version(0x1F02))!;
        Assert.True(Version.Parse(text.Split(' ')[0]) >= new Version(window.GlVersion.Major, window.GlVersion.Minor), text);
        Assert.Equal([10, 20, 30, 255], ClearAndRead(window.Context, 10, 20, 30));
        window.Swap();
        window.Context.Release();
    }

    [Fact]
    public void A_resize_arrives_as_an_event_with_the_framebuffer_size()
    {
        using Window window = Open();
        Settle(window);
        window.Resize(400, 300);
        WindowEvent resize = Await(window, WindowEventKind.Resize);
        Assert.Equal(window.FramebufferSize, (resize.Width, resize.Height));
        Assert.Equal((int)(400 * window.ContentScale), resize.Width);
    }

    [Fact]
    public void A_key_held_down_repeats_and_says_which_modifiers_are_held()
    {
        RequireX11();
        using Window window = Open();
        Settle(window);
        using Puppeteer user = new(window);
        const int Left = 113, Shift = 1, Control = 4;   // the X11 keycode on the standard (evdev) keyboard
        user.Key(Left, down: true, Shift | Control);
        WindowEvent press = Await(window, WindowEventKind.KeyDown);
        Assert.Equal((Key.Left, Modifiers.Shift | Modifiers.Control, false), (press.Key, press.Modifiers, press.IsRepeat));
        user.Key(Left, down: true, Shift);              // as the keyboard's own repetition sends it: down again without up
        WindowEvent again = Await(window, WindowEventKind.KeyDown);
        Assert.Equal((Key.Left, Modifiers.Shift, true), (again.Key, again.Modifiers, again.IsRepeat));
        user.Key(Left, down: false);
        Assert.Equal(Modifiers.None, Await(window, WindowEventKind.KeyUp).Modifiers);
        user.Key(Left, down: true);
        Assert.False(Await(window, WindowEventKind.KeyDown).IsRepeat);
    }

    [Fact]
    public void A_typed_character_arrives_with_its_key()
    {
        RequireX11();
        using Window window = Open();
        Settle(window);
        using Puppeteer user = new(window);
        user.Key(38, down: true);
        Assert.Equal(new System.Text.Rune('a'), Await(window, WindowEventKind.Text).Character);
    }

    [Fact]
    public void A_title_and_being_visible_can_change()
    {
        using Window window = Open(visible: false);
        window.Title = "Übung 1";
        window.Visible = true;
        Settle(window);
        Assert.Equal(("Übung 1", true), (window.Title, window.Visible));
        window.Visible = false;
        Assert.False(window.Visible);
    }

    [Fact]
    public void Keys_the_mouse_and_closing_arrive_as_events()
    {
        RequireX11();
        using Window window = Open();
        Settle(window);
        using Puppeteer user = new(window);

        user.Key(38, down: true);                // the X11 keycode of A on the standard (evdev) keyboard
        Assert.Equal(Key.A, Await(window, WindowEventKind.KeyDown).Key);
        user.Key(38, down: false);
        Assert.Equal(Key.A, Await(window, WindowEventKind.KeyUp).Key);

        user.Move(37, 53);
        WindowEvent move = Await(window, WindowEventKind.MouseMove);
        Assert.Equal((37f, 53f), (move.X, move.Y));
        user.Button(3, down: true);              // X11 counts left, middle, right
        WindowEvent press = Await(window, WindowEventKind.MouseDown);
        Assert.Equal((MouseButton.Right, 37f, 53f), (press.Button, press.X, press.Y));
        user.Button(4, down: true);              // and turns the wheel with buttons 4 and 5
        Assert.Equal(1f, Await(window, WindowEventKind.Scroll).DeltaY);

        user.Close();
        Await(window, WindowEventKind.Close);
        Assert.Equal((int)(320 * window.ContentScale), window.FramebufferSize.Width);   // still open
    }

    [Fact]
    public void A_shared_context_works_on_another_thread_while_the_first_draws()
    {
        using Window window = Open(visible: false);
        using GlContext shared = Assert.IsAssignableFrom<GlContext>(window.Context.CreateShared());
        window.Context.MakeCurrent();
        uint made;
        ((delegate* unmanaged<int, uint*, void>)window.Context.GetProcAddress("glGenBuffers"))(1, &made);
        uint buffer = made;
        ((delegate* unmanaged<uint, uint, void>)window.Context.GetProcAddress("glBindBuffer"))(0x8892, buffer);
        ((delegate* unmanaged<void>)window.Context.GetProcAddress("glFinish"))();
        bool known = false;
        Thread other = new(() =>
        {
            shared.MakeCurrent();
            known = ((delegate* unmanaged<uint, byte>)shared.GetProcAddress("glIsBuffer"))(buffer) != 0;
            shared.Release();
        });
        other.Start();
        Assert.Equal([1, 2, 3, 255], ClearAndRead(window.Context, 1, 2, 3));
        other.Join();
        Assert.True(known, "the shared context does not know the first one's buffer");
        window.Context.Release();
    }

    [Fact]
    public void Only_the_thread_that_opened_a_window_can_dispose_of_it()
    {
        using Window window = Open();
        window.Context.MakeCurrent();
        Exception? refused = null;
        var other = new Thread(() => refused = Xunit.Record.Exception(window.Dispose));
        other.Start();
        other.Join();
        Assert.IsType<InvalidOperationException>(refused);
        Assert.Equal([10, 20, 30, 255], ClearAndRead(window.Context, 10, 20, 30));
        window.Context.Release();
    }

    [Fact]
    public void Fullscreen_covers_the_monitor_and_goes_back()
    {
        using Window window = Open();
        Settle(window);
        (int, int) before = window.FramebufferSize;
        window.Fullscreen = true;
        if (!window.Fullscreen) throw Skip("the display has no monitor to cover");
        Await(window, WindowEventKind.Resize);
        Assert.True(window.FramebufferSize.Width > before.Item1);
        window.Fullscreen = false;
        Await(window, WindowEventKind.Resize);
        Assert.Equal(before, window.FramebufferSize);
    }

    [Fact]
    public void An_OpenGL_that_nobody_has_is_one_sentence()
    {
        RequireDisplay();
        var error = Assert.Throws<LiveCamException>(() => Window.Create(new WindowRequest("too new") { OldestGl = (9, 9), Visible = false }));
        Assert.Contains("OpenGL 9.9", error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [Fact]
    public void Without_a_display_opening_a_window_is_one_sentence()
    {
        if (HasDisplay || !OperatingSystem.IsLinux()) throw Skip("there is a display");
        var error = Assert.Throws<LiveCamException>(() => Window.Create(new WindowRequest("nowhere")));
        Assert.Contains("no display", error.Message);
        Assert.Contains("xvfb-run", error.Message);
    }

    // On macOS windows are for the program's first thread, which a test is not on.
    private static bool HasDisplay => OperatingSystem.IsWindows() || HasX11;

    private static bool HasX11 => OperatingSystem.IsLinux() && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"));

    private static void RequireDisplay()
    {
        if (!HasDisplay) throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
    }

    private static void RequireX11()
    {
        if (!HasX11) throw Requirements.Missing("display", "no X11 display to play the user on");
    }

    private static InvalidOperationException Skip(string reason) => new(SkippingFramework.Token + reason);

    private static Window Open(bool visible = true)
    {
        RequireDisplay();
        return Window.Create(new WindowRequest("LiveCam test", 320, 200) { Visible = visible });
    }

    // Until the display has nothing more to tell about the new window.
    private static void Settle(Window window)
    {
        for (int quiet = 0; quiet < 3;) quiet = window.PumpEvents(TimeSpan.FromMilliseconds(20)).IsEmpty ? quiet + 1 : 0;
    }

    private static WindowEvent Await(Window window, WindowEventKind kind)
    {
        List<WindowEventKind> seen = [];
        for (int i = 0; i < 200; i++)
        {
            foreach (WindowEvent happened in window.PumpEvents(TimeSpan.FromMilliseconds(50)))
            {
                if (happened.Kind == kind) return happened;
                seen.Add(happened.Kind);
            }
        }
        throw new InvalidOperationException($"no {kind} in ten seconds, only: {string.Join(", ", seen)}");
    }

    private static byte[] ClearAndRead(GlContext context, byte red, byte green, byte blue)
    {
        ((delegate* unmanaged<float, float, float, float, void>)context.GetProcAddress("glClearColor"))(red / 255f, green / 255f, blue / 255f, 1);
        ((delegate* unmanaged<uint, void>)context.GetProcAddress("glClear"))(0x4000);
        byte[] pixel = new byte[4];
        fixed (byte* at = pixel)
            ((delegate* unmanaged<int, int, int, int, uint, uint, void*, void>)context.GetProcAddress("glReadPixels"))(5, 5, 1, 1, 0x1908, 0x1401, at);
        return pixel;
    }
}
