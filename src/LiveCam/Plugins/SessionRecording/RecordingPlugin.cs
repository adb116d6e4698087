using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Text;
using LiveCam.Input;
using LiveCam.Recording;

namespace LiveCam.Plugins.SessionRecording;

/// <summary>Keeps what a run was given and what it answered: pictures, events, answers.</summary>
internal sealed class RecordingPlugin : Plugin, IFileFinisher
{
    private readonly RecordingWriter writer;
    private readonly StringWriter text = new() { NewLine = "\n" };
    private readonly JsonLine line;
    private long number = -1;
    private int step;

    /// <param name="folder">Of the new recording.</param>
    /// <param name="mayWait">Whether the loop waits for the disk, so that no picture is left out.</param>
    /// <exception cref="Engine.LiveCamException">The folder cannot be made.</exception>
    public RecordingPlugin(string folder, RecordingInfo info, bool mayWait)
    {
        info.Save(folder);
        writer = new RecordingWriter(folder, mayWait);
        line = new JsonLine(text);
    }

    public override string Name => "capture to disk";
    public override IReadOnlyList<Type> Reads => [typeof(Picture)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(Answer)];

    public override void Update(Frame frame)
    {
        if (frame.IsNew)
        {
            (number, step) = (frame.Number, 0);
            writer.Add(frame.Picture!, new(frame.Number, frame.Time, frame.Now));
        }
        else if (frame.Events.Count > 0)
        {
            step++;
        }
        foreach (WindowEvent happened in frame.Events)
        {
            text.GetStringBuilder().Clear();
            new ScriptLine(frame.Now, number, step, happened).Write(line.Begin());
            line.End();
            writer.AddEvent(text.ToString());
        }
        if (frame.HasNew<Answer>()) writer.AddAnswer(AnswerLine.Of(frame.Get<Answer>()!));
    }

    public override void Unload()
    {
        using (writer) writer.Finish();
        if (writer.LeftOut > 0) Say($"{writer.LeftOut} pictures came faster than they could be recorded and were left out.", Severity.Note);
    }
}
