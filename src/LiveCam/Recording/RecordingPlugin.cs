using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Recording;

/// <summary>Keeps what a run was given and what it answered: pictures, events, answers.</summary>
internal sealed class RecordingPlugin : Plugin
{
    private readonly RecordingWriter writer;
    private readonly Action<string> note;
    private readonly StringWriter text = new() { NewLine = "\n" };
    private readonly JsonLine line;
    private long number = -1;
    private int step;

    /// <param name="folder">Of the new recording.</param>
    /// <param name="mayWait">Whether the loop waits for the disk, so that no picture is left out.</param>
    /// <param name="note">Told when pictures had to be left out.</param>
    /// <exception cref="Engine.LiveCamException">The folder cannot be made.</exception>
    public RecordingPlugin(string folder, RecordingInfo info, bool mayWait, Action<string> note)
    {
        info.Save(folder);
        writer = new RecordingWriter(folder, mayWait);
        line = new JsonLine(text);
        this.note = note;
    }

    public override string Name => "capture to disk";
    public override FrameParts Reads => FrameParts.Picture;
    public override FrameParts MayRead => FrameParts.Events | FrameParts.Answer;

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
        if (frame.IsAnswered) writer.AddAnswer(AnswerLine.Of(frame.Answer!));
    }

    public override void Unload()
    {
        using (writer) writer.Finish();
        if (writer.LeftOut > 0) note($"{writer.LeftOut} pictures came faster than they could be recorded and were left out.");
    }
}
