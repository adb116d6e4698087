using Cube;
using LiveCam.Engine;
using LiveCam.Engine.Hosting;
using LiveCam.Engine.Vision;
using OpenCvSharp;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
if (Glfw.Init() == 0)
{
    Console.Error.WriteLine("Opening a window: there is no display to put it on. Start it in a graphical session or under xvfb-run.");
    return 1;
}
try
{
    return Run(options);
}
catch (Exception error) when (error is LiveCamException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
finally
{
    Glfw.Terminate();
}

static int Run(Options options)
{
    nint window = Open();
    Glfw.MakeCurrent(window);
    Glfw.SwapInterval(1);
    GL gl = GL.GetApi(Glfw.Address);
    var scene = new Scene(gl, 960, 540);
    using Source? source = options.Source is null ? null : new Source(options.Source);
    using HostedNetwork net = HostedNetwork.Load(gl, options.Model, new() { Device = options.Device, Layer = options.Layer });
    if (source is null && !net.IsOnGpu) throw new LiveCamException($"Looking at the cube itself needs the network on the card, but it runs on {net.Device}. Give a --source.");
    if (net.Maps is not { } maps) throw new LiveCamException($"{options.Model} has no layer that can be shown.");

    string told = "";
    for (int frame = 0; Glfw.ShouldClose(window) == 0 && net.Answers < options.Frames; frame++)
    {
        scene.Draw(frame * 0.01f, maps.Colored);
        Glfw.FramebufferSize(window, out int width, out int height);
        scene.Show(width, height);

        if (source?.Next() is { } picture) net.Submit(picture.AsSpan<byte>(), picture.Width, picture.Height, PixelFormat.Bgr8, (int)picture.Step());
        else if (source is null) net.Submit(scene.Picture);
        net.Update(TimeSpan.FromMilliseconds(6));
        if (net.Answer is { } answer && answer[0].Label != told)
        {
            told = answer[0].Label;
            Console.WriteLine($"{told} {answer[0].Probability:P0}");
            Glfw.SetTitle(window, $"{told} ({net.Layer} on {net.Device})");
        }
        Glfw.Swap(window);
        Glfw.PollEvents();
    }
    if (options.Snapshot is { } file)
    {
        scene.Draw(0.7f, maps.Colored);
        using Mat pixels = Mat.FromPixelData(scene.Height, scene.Width, MatType.CV_8UC4, scene.Read()), upright = pixels.Flip(FlipMode.X);
        if (!Cv2.ImWrite(file, upright)) throw new IOException($"Writing {file} failed.");
    }
    Console.WriteLine($"{net.Answers} answers on {net.Device}");
    return 0;
}

static nint Open()
{
    foreach ((int major, int minor) in ((int, int)[])[(4, 5), (3, 3)])
    {
        Glfw.Hint(Glfw.VersionMajor, major);
        Glfw.Hint(Glfw.VersionMinor, minor);
        Glfw.Hint(Glfw.Profile, Glfw.CoreProfile);
        Glfw.Hint(Glfw.ForwardCompatible, 1);
        if (Glfw.CreateWindow(960, 540, "a cube that wears feature maps", 0, 0) is var window and not 0) return window;
    }
    throw new LiveCamException("Opening a window: the driver offers no OpenGL 3.3. Update it.");
}
