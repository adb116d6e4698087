using System.Runtime.InteropServices;
using LiveCam.Commands;
using LiveCam.Text;

namespace LiveCam;

/// <summary>The process: its streams, its signals, its exit code.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        // A thread of its own that fails ends the program as everything else does: with a sentence.
        AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        {
            Console.Error.WriteLine($"livecam: {CommandLine.Sentence((Exception)failure.ExceptionObject)}");
            Environment.Exit(CommandLine.Failed);
        };
        return CommandLine.Run(args, new Terminal(Console.Out, Console.Error, stop.Token)
        {
            Input = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
        });

        void End(PosixSignalContext signal)
        {
            // The second signal ends a program that does not end by itself.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
            // Work nobody can interrupt (a large network being planned) gets a moment to end, then the process does.
            _ = Task.Delay(TimeSpan.FromSeconds(10)).ContinueWith(_ => Environment.Exit(CommandLine.Failed), TaskScheduler.Default);
        }
    }
}
