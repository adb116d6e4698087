using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Loop;

namespace HeadlessService;

/// <summary>What each picture shows, as a line of JSON.</summary>
internal sealed class JsonLines(string model, TextWriter output) : Plugin
{
    private ImageClassifier? net;

    /// <summary>Pictures answered so far.</summary>
    public long Count { get; private set; }

    public override string Name => "json lines";
    public override IReadOnlyList<Type> Reads => [typeof(Picture)];

    public override void Load() => net = ImageClassifier.Load(model);

    public override void Update(Frame frame)
    {
        if (!frame.IsNew || frame.Picture is not { } picture) return;
        PictureAnswer answer = net!.Classify(picture, top: 3);
        output.WriteLine(JsonSerializer.Serialize(new
        {
            number = frame.Number,
            seconds = Math.Round(frame.Time.TotalSeconds, 3),
            unknown = answer.IsUnknown,
            top = answer.Select(guess => new { label = guess.Label, probability = Math.Round(guess.Probability, 4) }),
        }));
        output.Flush();
        Count++;
    }

    public override void Unload() => net?.Dispose();
}
