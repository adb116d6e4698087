using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Plugins.Checkup;

/// <summary>Looks at all layers with the picture that is shown, when somebody asks and when the answer is not a number, and leaves a <see cref="LayerCheck"/>.</summary>
public sealed class CheckupPlugin : Plugin
{
    private readonly BackgroundWorker worker = new("checkup", isBehind: true);
    private volatile LayerCheck? found;
    private volatile bool isLooking;
    private PictureModel? troubled;
    private LayerCheck? shown;
    private bool isWanted;

    public override string Name => "checkup";
    public override IReadOnlyList<Type> Reads => [typeof(Picture), typeof(Answer), typeof(NetworkInfo)];
    public override IReadOnlyList<Type> Writes => [typeof(LayerCheck)];
    public override IEnumerable<KeyCommand> Keys =>
        [new(KeyTable.Network, "J", "look at every layer once: dead, saturated and not finite channels", [(Key.J, 0)], (_, _) => isWanted = true)];

    public override void Update(Frame frame)
    {
        if (frame.Get<NetworkInfo>() is not { } network || frame.Picture is not { } picture) return;
        if (found is { } news)
        {
            (found, shown) = (null, news);
            Say(news.Sentence, news.FirstWrong >= 0 ? Severity.Warning : Severity.Hint);
        }
        // Another model's layers are others.
        frame.Set(ReferenceEquals(shown?.Model, network.Model) && shown.Layers.Length == network.Layers.Count ? shown : null);
        bool isNewTrouble = frame.Get<Answer>()?.Trouble is not null && !ReferenceEquals(troubled, network.Model);
        if (isLooking || !isWanted && !isNewTrouble) return;
        if (isNewTrouble) troubled = network.Model;
        (isWanted, isLooking) = (false, true);
        var copy = new Picture(picture.Width, picture.Height, picture.Format);
        picture.Bytes.CopyTo(copy.Bytes, 0);
        worker.Post(() => Look(network, copy));
    }

    private void Look(NetworkInfo network, Picture picture)
    {
        try
        {
            found = LayerCheck.Of(network, picture);
        }
        catch (LiveCamException error)
        {
            Say(error.Message, Severity.Warning);
        }
        isLooking = false;
    }

    public override void Unload() => worker.Dispose();
}
