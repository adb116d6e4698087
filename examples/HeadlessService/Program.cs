using System.Runtime.InteropServices;
using HeadlessService;
using LiveCam.Engine;
using LiveCam.Loop;
using LiveCam.Plugins.Capture;

// A line of JSON for each picture of a folder, a video, a camera or a stream, until it ends or somebody presses Ctrl-C.
if (args.Length is not (2 or 3) || args is [_, _, not "--watch"])
{
    Console.Error.WriteLine("usage: HeadlessService MODEL SOURCE [--watch]      --watch begins again at the end");
    return 2;
}
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var lines = new JsonLines(args[0], Console.Out);
    PluginList plugins = [];
    plugins.Add(new CapturePlugin(new CaptureSettings(args[1]) { Waits = true, Loop = args.Length == 3 }, stop.Token), isEssential: true);
    plugins.Add(lines, isEssential: true);
    new LiveCamApp(plugins, new Frame(64, 64, isShown: false), note: Console.Error.WriteLine).Run(stop.Token);
    Console.Error.WriteLine($"{lines.Count} pictures");
    return 0;
}
catch (LiveCamException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
