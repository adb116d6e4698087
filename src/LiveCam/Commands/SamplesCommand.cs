using System.CommandLine;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam samples PROJECT</c>: what a project's classes hold; and pictures from a folder or a source into them.</summary>
internal static class SamplesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("samples", "Show a teaching project's classes, or put pictures into them");
        var project = new Argument<string>("PROJECT") { Description = "A project's folder; made where there is none" };
        var import = new Option<string?>("--import") { Description = "Copy the pictures of class folders (FOLDER/CLASS/*) into it", HelpName = "FOLDER" };
        var into = new Option<string?>("--class") { Description = "Record the pictures of --source into this class", HelpName = "NAME" };
        var source = new Option<string?>("--source") { Description = "A camera, a file, a folder, a stream or a pattern, as for run", HelpName = "SOURCE" };
        var frames = new Option<int>("--frames") { Description = "How many pictures to take from the source", DefaultValueFactory = _ => int.MaxValue };
        frames.Validators.Add(result => Numbers.Within(result, 1, int.MaxValue));
        var force = new Option<bool>("--force") { Description = "Keep pictures that are blurred, badly exposed or nearly the same, too" };
        var undo = new Option<bool>("--undo") { Description = "Take the last burst, deletion or import back" };
        Option<bool> json = Numbers.Json();
        command.Add(project);
        foreach (Option option in (Option[])[import, into, source, frames, force, undo, json]) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(into) is null != result.GetResult(source) is null) result.AddError("--class and --source go together: what to record, and what it is.");
        });
        command.SetAction(parse =>
        {
            using SampleStore store = SampleStore.Open(parse.GetValue(project)!);
            if (parse.GetValue(undo)) store.Undo();
            if (parse.GetValue(import) is { } folder) store.Import(folder);
            store.Settle();
            if (parse.GetValue(into) is { } name) Record(store, name, parse.GetValue(source)!, parse.GetValue(frames), parse.GetValue(force), parse.GetValue(json), terminal);
            Show(store.State, parse.GetValue(json), terminal);
            return store.State.Trouble is { } trouble ? throw new LiveCamException(trouble)
                : store.State.Damage is null ? CommandLine.Fine : CommandLine.Failed;
        });
        return command;
    }

    private static void Record(SampleStore store, string name, string source, int frames, bool force, bool json, Terminal terminal)
    {
        using Camera camera = CameraSource.Open(source);
        int into = store.State.Find(name)?.Id ?? store.AddClass(name), burst = store.NewBurst();
        var line = new JsonLine(terminal.Output);
        Picture? picture = null;
        for (int i = 0; i < frames && !terminal.Stop.IsCancellationRequested; i++)
        {
            try
            {
                if (!camera.Read(ref picture, out _)) break;
            }
            catch (LiveCamException error) when (camera is FolderCamera)
            {
                terminal.Note(error.Message);
                continue;
            }
            store.Capture(picture!, into, burst, force);
            store.Settle();
            if (store.State is not { Last: { } last } state) continue;
            if (state.Trouble is { } trouble) throw new LiveCamException(trouble);
            if (json)
            {
                var writer = line.Begin();
                writer.WriteNumber("frame", i);
                if (last.Kept is { } sample) writer.WriteString("kept", sample.Name);
                else writer.WriteString("refused", last.Reason);
                line.End();
            }
            else if (last.Kept is null) terminal.Note($"frame {i} is left out, {last.Reason}.");
        }
    }

    private static void Show(TeachingState state, bool json, Terminal terminal)
    {
        if (state.Damage is { } damage) terminal.Note(damage);
        if (state.Notice is { } notice) terminal.Note(notice);
        var line = new JsonLine(terminal.Output);
        var table = new TextTable("class", "colour", ">samples");
        foreach (SampleClass one in state.Classes)
        {
            table.Add(one.Name, $"#{one.Color:x6}", $"{one.Count}");
            if (!json) continue;
            var writer = line.Begin();
            writer.WriteString("class", one.Name);
            writer.WriteString("color", $"#{one.Color:x6}");
            writer.WriteNumber("samples", one.Count);
            line.End();
        }
        if (!json) table.Write(terminal.Output);
    }
}
