using System.ComponentModel;
using System.Diagnostics;

namespace LiveCam.Platform;

/// <summary>A command of the system's shell that a person wrote, with a limit of time.</summary>
internal static class ShellCommand
{
    private const int MostWords = 200;

    /// <summary>Runs it to its end. What it prints is not shown, but for the first line of errors of one that fails.</summary>
    /// <param name="variables">What it is told beside the command's text, which nothing is put into.</param>
    /// <returns>Null where it went well; else what to say after "The command".</returns>
    public static string? Run(string command, IReadOnlyList<(string Name, string Value)> variables, TimeSpan patience, CancellationToken stop)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (OperatingSystem.IsWindows()) (start.FileName, start.Arguments) = ("cmd.exe", $"/d /c {command}");
        else
        {
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }
        // A variable ends at a zero.
        foreach ((string name, string value) in variables) start.Environment[name] = value.Replace("\0", "", StringComparison.Ordinal);
        try
        {
            using Process process = Process.Start(start)!;
            string? first = null;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, line) => first ??= line.Data;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(patience);
            try
            {
                process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return FormattableString.Invariant($"took longer than {patience.TotalSeconds:0.#} seconds and was ended");
            }
            return process.ExitCode == 0 ? null : $"failed with exit code {process.ExitCode}{(string.IsNullOrWhiteSpace(first) ? "" : $": {first.Trim().TrimEnd('.')[..Math.Min(first.Trim().TrimEnd('.').Length, MostWords)]}")}";
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            return $"could not be run: {error.Message.TrimEnd('.')}";
        }
    }
}
