using System.Text.Json;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;
using Xunit.Abstractions;

namespace LiveCam.Tests.Commands;

/// <summary>The ONNX backend tests on both devices: whatever does not pass names an operator LiveCam does not have.</summary>
[Collection(GlCollection.Name)]
public sealed class ConformanceTests(GlFixture fixture, ITestOutputHelper output)
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
        if (all) CompareTable(lines);
    }

    /// <summary>How many cases of each operator pass, fail and are not supported, printed; fewer that pass than the table beside this file says is a failure.</summary>
    private void CompareTable(IEnumerable<JsonElement> lines)
    {
        ILookup<string, string> found = lines.SkipLast(1)
            .SelectMany(line => ModelDoctor.Operators(Model(line.GetProperty("case").GetString()!)).Select(name => (name, status: Status(line)))).ToLookup(one => one.name, one => one.status);
        string table = string.Concat(found.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key} {one.Count(status => status == "pass")} {one.Count(status => status == "fail")} {one.Count(status => status == "unsupported")}\n"));
        output.WriteLine("operator, passed, failed, not supported:\n" + table);
        string file = Path.Combine(Requirements.Root, "tests", "LiveCam.Tests", "Commands", "conformance.txt");
        if (Environment.GetEnvironmentVariable("LIVECAM_REDRAW") is not null) File.WriteAllText(file, table);
        foreach (string[] row in File.ReadLines(file).Select(line => line.Split(' ')))
            Assert.True(found[row[0]].Count(status => status == "pass") >= int.Parse(row[1]), $"{row[0]}: {row[1]} cases passed, now {found[row[0]].Count(status => status == "pass")}");
    }

    private static string Model(string name) => All.Select(suite => Path.Combine(Requirements.Data($"onnx-node/{suite}"), name, "model.onnx")).First(File.Exists);

    private static string Status(JsonElement line) => line.GetProperty("status").GetString()!;
}
