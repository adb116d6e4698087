using System.Runtime.InteropServices;
using System.Text;
using LiveCam.Commands;
using LiveCam.Loop;
using LiveCam.Loop.Loading;
using LiveCam.Platform;
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
        TextWriter errors = StandardError.Own is { } own ? TextWriter.Synchronized(new StreamWriter(own, new UTF8Encoding(false)) { AutoFlush = true }) : Console.Error;
        var terminal = new Terminal(Console.Out, errors, stop.Token, EndWithoutReader)
        {
            Input = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
            Live = Console.IsErrorRedirected ? null : errors,
        };
        // A thread of its own that fails ends the program as everything else does: with a sentence.
        AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        {
            var error = (Exception)failure.ExceptionObject;
            terminal.Note(PluginLibrary.Of(error) is { } library ? $"{library}: a thread of its own failed, which ends the run: {Sentences.Of(error)}" : CommandLine.Sentence(error));
            Environment.Exit(CommandLine.Failed);
        };
        return CommandLine.Run(args, terminal);

        void End(PosixSignalContext signal)
        {
            // The second signal ends a program that does not end by itself.
            signal.Cancel = !stop.IsCancellationRequested;
            if (!signal.Cancel) return;
            stop.Cancel();
            _ = OrderlyEnd.Enforce(() => Environment.Exit(CommandLine.Fine));
        }

        // As other programs in a pipe: when nobody reads any more there is nothing to do.
        void EndWithoutReader()
        {
            if (Console.IsOutputRedirected && !stop.IsCancellationRequested && StandardOutput.HasNoReader()) stop.Cancel();
        }
    }
}
