
namespace LiveCam.Tests.Viewing;

public sealed class KeysDocTests
{
    /// <summary>With LIVECAM_SAMPLES set the page is written there anew.</summary>
    [Fact]
    public void The_page_of_keys_is_the_table_of_the_code()
    {
        using var stage = new Stage();
        stage.App.Tick();
        string page = $"# Keys\n\n{stage.Frame.Get<KeyTable>()!.Markdown()}";
        if (Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) File.WriteAllText(Path.Combine(folder, "KEYS.md"), page);
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "LiveCam.sln"))) root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("no LiveCam.sln above the tests");
        Assert.Equal(page, File.ReadAllText(Path.Combine(root, "docs", "KEYS.md")).ReplaceLineEndings("\n"));
    }
}
