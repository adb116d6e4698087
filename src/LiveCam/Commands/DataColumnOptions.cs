using System.CommandLine;
using LiveCam.Engine.Data;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The options that say which columns of a CSV hold the pictures and the labels, where that is not clear.</summary>
internal sealed class DataColumnOptions
{
    private readonly Option<string?> image = new("--image-column") { Description = "Of a CSV: the column that names the pictures, by heading or by number from 1; else it is found", HelpName = "NAME" };
    private readonly Option<string?> label = new("--label-column") { Description = "Of a CSV: the column that holds the labels, as above", HelpName = "NAME" };

    private readonly Option<bool> outside = new("--allow-outside") { Description = "Of a CSV: its rows may name files outside of its folder" };

    public DataColumnOptions(Command command)
    {
        command.Add(image);
        command.Add(label);
        command.Add(outside);
    }

    public DataOptions Read(ParseResult parse) => new(parse.GetValue(image), parse.GetValue(label), parse.GetValue(outside));

    /// <summary>Opens data and tells what is worth knowing about how they were read.</summary>
    /// <exception cref="Engine.LiveCamException">There is nothing of a known form.</exception>
    public DataParts Open(string path, ParseResult parse, Terminal terminal) => Tell(DataSet.Open(path, PictureFiles.Instance, Read(parse)), terminal);

    public static DataParts Tell(DataParts parts, Terminal terminal)
    {
        foreach (string note in parts.Notes) terminal.Note(note);
        return parts;
    }
}
