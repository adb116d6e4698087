using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>Where a line of an assembled shader is from: file ("" for #version, extensions and defines) and line, from 1.</summary>
public readonly record struct ShaderLine(string File, int Line);

/// <summary>
/// A shader ready for the driver. <paramref name="Lines"/> says for each line of the text where it is from,
/// <paramref name="Defines"/> gives the defines in words.
/// </summary>
public sealed partial record ShaderSource(string File, string Text, IReadOnlyList<ShaderLine> Lines, string Defines)
{
    // Mesa "0:12(3): error: ...", NVIDIA "0(12) : error C1008: ...", AMD, Intel and ANGLE "ERROR: 0:12: ...".
    [GeneratedRegex(@"^\s*(?:\d+:(?<line>\d+)\(\d+\)\s*:\s*error\s*:?|\d+\((?<line>\d+)\)\s*:\s*error\s*|ERROR:\s*\d+:(?<line>\d+)\s*:)\s*(?<text>.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();

    /// <summary>The driver's log as an error in our own files: the first error with its line, else the log's first line.</summary>
    public LiveCamException Explain(string log)
    {
        string[] lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string defines = Defines.Length == 0 ? "no defines" : $"defines: {Defines}";
        foreach (string line in lines)
        {
            Match match = ErrorLine().Match(line);
            if (!match.Success) continue;
            int physical = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
            ShaderLine from = Lines[Math.Clamp(physical, 1, Lines.Count) - 1];
            string where = from.File == File ? $"line {from.Line}" : from.File.Length == 0 ? $"head line {from.Line}" : $"in \"{from.File}\" line {from.Line}";
            return new LiveCamException($"Shader \"{File}\" {where}: {match.Groups["text"].Value.TrimEnd('.', ' ')} ({defines}).");
        }
        return new LiveCamException($"Shader \"{File}\": {(lines.Length == 0 ? "the driver refused it without a word" : lines[0].TrimEnd('.'))} ({defines}).");
    }
}
