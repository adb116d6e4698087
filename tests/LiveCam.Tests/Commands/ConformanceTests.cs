using System.Text.Json;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;

namespace LiveCam.Tests.Commands;

/// <summary>The ONNX backend tests on both devices: whatever does not pass names an operator LiveCam does not have.</summary>
[Collection(GlCollection.Name)]
public sealed class ConformanceTests(GlFixture fixture)
{
    /// <summary>The other suites repeat this one's cases in older forms.</summary>
    private static readonly string[] Quick = ["node-opset21"];
    private static readonly string[] All = ["node-opset21", "node-opset12", "node-opset8", "simple", "pytorch-converted", "pytorch-operator"];

    [Theory]
    [InlineData("cpu")]
    [InlineData("gl")]
    public void Every_case_of_an_operator_that_is_there_passes(string device)
    {
        if (device == "gl") Assert.NotNull(fixture.Caps);
        bool all = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") == "1" || device == "cpu";
        string[] folders = [.. (all ? All : Quick).Select(suite => Requirements.Data($"onnx-node/{suite}"))];
        Call call = Call.Run(["verify", .. folders, "--device", device, "--json"]);
        List<JsonElement> lines = [.. call.Json];
        JsonElement summary = lines[^1].GetProperty("summary");
        string[] failed = [.. lines.SkipLast(1).Where(line => Status(line) == "fail").Select(line => $"{line.GetProperty("case")}: {line.GetProperty("reason")}")];
        Assert.Empty(failed);
        Assert.True(summary.GetProperty("pass").GetInt32() >= (all ? 350 : 150), $"{summary}");
        foreach (JsonElement line in lines.SkipLast(1).Where(line => Status(line) == "unsupported"))
        {
            string reason = line.GetProperty("reason").GetString()!;
            Assert.True(reason.Contains("no operator of this name") || reason.Contains("operator domain"), reason);
            Assert.DoesNotContain(OpSet.Names, name => reason.Contains($": {name} \""));
        }
        Assert.Equal(0, call.Exit);
    }

    private static string Status(JsonElement line) => line.GetProperty("status").GetString()!;
}
