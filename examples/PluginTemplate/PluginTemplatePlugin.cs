using LiveCam.Loop;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Loop.Loading;

[assembly: PluginContract(PluginContract.Version)]

namespace PluginTemplate;

/// <summary>A beginning: it counts the answers, and J tells how many there were.</summary>
public sealed class PluginTemplatePlugin : Plugin
{
    private readonly SwitchSetting isLoud = new("loud", "tell every hundredth answer too");
    private long answers;

    public override string Name => "PluginTemplate";

    // It runs after whoever writes this, and there has to be somebody.
    public override IReadOnlyList<Type> Reads => [typeof(Answer)];

    public override IEnumerable<Setting> Settings => [isLoud];
    public override IEnumerable<KeyCommand> Keys => [new("PluginTemplate", "J", "how many answers there were", [(Key.J, 0)], (_, _) => Tell())];

    public override void Update(Frame frame)
    {
        if (!frame.HasNew<Answer>()) return;
        answers++;
        if (isLoud.IsOn && answers % 100 == 0) Tell();
    }

    private void Tell() => Say($"{answers} answers");
}
