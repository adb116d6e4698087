using System.Runtime.InteropServices;
using Google.Protobuf;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

public sealed class ExternalDataTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-external-").FullName;
    private string Models => Path.Combine(folder, "models");

    public ExternalDataTests()
    {
        Directory.CreateDirectory(Path.Combine(Models, "weights"));
        File.WriteAllBytes(Path.Combine(Models, "weights", "all.bin"), MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5]).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "outside.bin"), new byte[64]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string? location, string? offset = null, string? length = null, long elements = 2)
    {
        var weight = new TensorProto { Name = "w", DataType = 1, Dims = { elements }, DataLocation = 1 };
        foreach ((string key, string? value) in new[] { ("location", location), ("offset", offset), ("length", length) })
            if (value is not null)
                weight.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        string path = Path.Combine(Models, "model.onnx");
        File.WriteAllBytes(path, Model(Node("A", "a", "x w", "y")).Input("x", 1).Weight(weight).Output("y").ToByteArray());
        return path;
    }

    private static string Refusal(string path) => Assert.Throws<LiveCamException>(() => ImportFile(path)).Message;

    [Theory]
    [InlineData("weights/all.bin", null, null, 0)]
    [InlineData("./weights/../weights/all.bin", "8", null, 2)]
    [InlineData("weights/all.bin", "16", "8", 4)]
    public void Weights_beside_the_model_are_read(string location, string? offset, string? length, float first) =>
        Assert.Equal([first, first + 1], ImportFile(Write(location, offset, length)).Parameter("w").Span<float>().ToArray());

    [Theory]
    [InlineData("../outside.bin")]
    [InlineData("weights/../../outside.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\weights.bin")]
    [InlineData("..\\outside.bin")]
    [InlineData("weights/all.bin\0")]
    public void A_location_outside_the_folder_is_refused(string location) =>
        Assert.Contains("leaves the model's folder", Refusal(Write(location)));

    [Theory]
    [InlineData("weights/all.bin", "24", null, "bytes 24 to 32 of \"weights/all.bin\", but the file has 24")]
    [InlineData("weights/all.bin", "9223372036854775807", null, "but the file has 24")]
    [InlineData("weights/all.bin", "0", "9223372036854775807", "but the file has 24")]
    [InlineData("weights/all.bin", "0", "12", "needs 8 bytes, but the model gives it 12")]
    [InlineData("weights/all.bin", "-8", null, "the offset \"-8\"")]
    [InlineData("weights/all.bin", "eight", null, "the offset \"eight\"")]
    [InlineData("weights/all.bin", "0", "", "the length \"\"")]
    [InlineData("weights/none.bin", null, null, "no such file")]
    [InlineData("weights", null, null, "no such file")]
    [InlineData("", null, null, "does not say which")]
    [InlineData(null, null, null, "does not say which")]
    public void A_range_that_is_not_there_is_refused(string? location, string? offset, string? length, string reason) =>
        Assert.Contains(reason, Refusal(Write(location, offset, length)));

    [Fact]
    public void Links_may_stay_in_the_folder_but_not_leave_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(Path.Combine(Models, "inner"), "weights/all.bin");
        File.CreateSymbolicLink(Path.Combine(Models, "outer"), "../outside.bin");
        Directory.CreateSymbolicLink(Path.Combine(Models, "up"), folder);
        File.CreateSymbolicLink(Path.Combine(Models, "ring"), "ring");
        Assert.Equal([0, 1], ImportFile(Write("inner")).Parameter("w").Span<float>().ToArray());
        Assert.Contains("leaves the model's folder", Refusal(Write("outer")));
        Assert.Contains("leaves the model's folder", Refusal(Write("up/outside.bin")));
        Assert.Contains("leaves the model's folder", Refusal(Write("ring")));
        Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), "models");
        Write("weights/all.bin");
        Assert.Equal([0, 1], ImportFile(Path.Combine(folder, "linked", "model.onnx")).Parameter("w").Span<float>().ToArray());
    }

    [Fact]
    public void A_model_in_memory_has_no_folder_to_look_in()
    {
        var problems = new ModelProblems();
        OnnxImporter.Read(File.ReadAllBytes(Write("weights/all.bin")), "test.onnx", ImportLimits.Default, AnyOperation, problems);
        Assert.Contains("no folder to look in", Assert.Single(problems.Sentences));
    }

    [Fact]
    public void The_same_range_read_by_many_weights_counts_each_time()
    {
        var model = Model(Node("A", "a", string.Join(' ', Enumerable.Range(0, 50).Select(x => $"w{x}")), "y")).Output("y");
        File.WriteAllBytes(Path.Combine(Models, "big.bin"), new byte[1 << 20]);
        for (int i = 0; i < 50; i++)
            model.Weight(new TensorProto
            {
                Name = $"w{i}", DataType = 2, Dims = { 1 << 20 }, DataLocation = 1,
                ExternalData = { new StringStringEntryProto { Key = "location", Value = "big.bin" } },
            });
        string path = Path.Combine(Models, "model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        Assert.Equal(50, ImportFile(path).Graph.Parameters.Count);
        string message = Assert.Throws<LiveCamException>(() => ImportFile(path, new() { MaxMemory = 10 << 20 })).Message;
        Assert.Contains("are left of what a model may take", message);
    }
}
