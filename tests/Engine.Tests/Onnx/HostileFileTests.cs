using Google.Protobuf;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Planning;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;

namespace LiveCam.Engine.Tests.Onnx;

public class HostileFileTests
{
    private static string Refusal(byte[] bytes, ImportLimits? limits = null)
    {
        string message = Assert.Throws<LiveCamException>(() => OnnxImporter.Import(bytes, "bad.onnx", limits)).Message;
        Assert.Contains("bad.onnx", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static byte[] Good() => Model(Node("A", "a", "x w", "y")).Input("x", 3).Weight("w", 1, 2, 3).Output("y").ToByteArray();

    /// <summary>A field of <paramref name="content"/> bytes in protobuf's encoding.</summary>
    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        var output = new CodedOutputStream(stream);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return stream.ToArray();
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_in_one_sentence()
    {
        byte[] good = Good();
        for (int length = 0; length < good.Length; length++)
        {
            var problems = new ModelProblems();
            try
            {
                OnnxImporter.Read(good[..length], "bad.onnx", ImportLimits.Default, AnyOperation, problems);
                Assert.NotEqual(0, problems.Count);
            }
            catch (LiveCamException error)
            {
                Assert.StartsWith("bad.onnx cannot be read: ", error.Message);
            }
        }
    }

    [Fact]
    public void Other_files_are_no_models()
    {
        Assert.Contains("it is empty", Refusal([]));
        Assert.Contains("no ONNX", Refusal("\x89PNG\r\n\x1a\n and so on"u8.ToArray()));
        Assert.Contains("no ONNX", Refusal("import onnx\nonnx.load('model.onnx')\n"u8.ToArray()));
        Assert.Contains("no ONNX", Refusal(new byte[1000]));
        Assert.Contains("has no graph", Refusal([8, 1]));
        Assert.Contains("there is no such file", Assert.Throws<LiveCamException>(() => OnnxImporter.Import("/none/model.onnx")).Message);
        Assert.Contains("it is a folder", Assert.Throws<LiveCamException>(() => OnnxImporter.Import(Path.GetTempPath())).Message);
        Assert.Contains("cannot be read", Assert.Throws<LiveCamException>(() => OnnxImporter.Import("a\0b")).Message);
    }

    [Fact]
    public void Limits_are_checked_before_anything_is_parsed()
    {
        ModelProto many = Model(Node("A", "a", "x", "y"), Node("A", "b", "x", "z")).Input("x", 1).Weight("v", 1).Weight("w", 1).Output("y");
        Assert.Contains("may have 50", Refusal(Good(), new() { MaxBytes = 50 }));
        Assert.Contains("more than 1 nodes", Refusal(many.ToByteArray(), new() { MaxNodes = 1 }));
        Assert.Contains("more than 1 tensors", Refusal(many.ToByteArray(), new() { MaxTensors = 1 }));
        Assert.Contains("more than 1 MB of memory", Refusal(Model(Node("A", "a", "x", "y")).Weight("w", new float[1 << 18]).ToByteArray(), new() { MaxMemory = 1 << 20 }));
    }

    [Theory]
    [InlineData(1, "nodes")]
    [InlineData(5, "tensors")]
    [InlineData(11, "memory")]
    [InlineData(12, "memory")]
    [InlineData(15, "memory")]
    public void A_small_file_of_countless_empty_messages_is_refused_before_memory_is_taken(int field, string limit)
    {
        // Two bytes each in the file, hundreds when parsed.
        var content = new byte[4_000_000];
        for (int i = 0; i < content.Length; i += 2)
            content[i] = (byte)(field << 3 | 2);
        byte[] bytes = Field(7, content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(limit, Refusal(bytes, new() { MaxMemory = 64 << 20 }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Packed_lists_that_grow_in_memory_count_as_what_they_grow_to()
    {
        byte[] weight = [.. new TensorProto { Name = "w", DataType = 7, Dims = { 4_000_000 } }.ToByteArray(), .. Field(7, new byte[4_000_000])];
        Assert.Contains("memory", Refusal(Field(7, Field(5, weight)), new() { MaxMemory = 64 << 20 }));
    }

    [Fact]
    public void Deep_nesting_costs_nothing()
    {
        byte[] graph = [1];
        for (int i = 0; i < 2000; i++)
            graph = Field(1, Field(5, [.. Field(1, "body"u8.ToArray()), .. Field(6, graph), 0xa0, 1, 5]));
        Assert.Contains("is a sub-graph", Refusal(Field(7, graph)));
    }

    [Fact]
    public void A_length_beyond_the_file_is_refused()
    {
        Assert.Contains("a field of 9223372036854775807 bytes", Refusal([0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]));
        Assert.Contains("more than 64 bits", Refusal([0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]));
        Assert.Contains("a number is cut off", Refusal([0x3a, 0xff]));
        Assert.Contains("unknown encoding", Refusal([0x3b]));
    }

    [Fact]
    public void A_chain_of_many_nodes_is_sorted_without_recursion()
    {
        const int Nodes = 50_000;
        ModelProto model = Model().Input("x0", 1).Output($"x{Nodes}");
        for (int i = Nodes - 1; i >= 0; i--)
            model.Graph.Node.Add(Node("A", $"n{i}", $"x{i}", $"x{i + 1}"));
        Assert.Equal("n49999", model.Import().Graph.Nodes[^1].Name);
        model.Graph.Node[^1].Input[0] = $"x{Nodes}";
        Assert.Contains("\"n7\" and 49992 more wait for each other in a cycle", model.Refusal());
    }

    [Fact]
    public void Names_from_the_file_are_printable_in_errors_and_cut()
    {
        string message = Model(Node("Unknown", "bell\a\x1b[2J\n", "x", "y")).Input("x", 1).Output("y").Refusal();
        Assert.Contains("bell??[2J?", message);
        Assert.True(Model(Node("Unknown", new string('n', 100_000), "x", "y")).Input("x", 1).Output("y").Refusal().Length < 500);
    }

    [Theory]
    [InlineData(new long[] { -2 }, "extent -2")]
    [InlineData(new long[] { 1L << 40 }, "extent 1099511627776")]
    [InlineData(new long[] { 1 << 20, 1 << 20 }, "more than 2147483647 elements")]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "9 axes")]
    public void Absurd_inputs_are_refused(long[] extents, string reason)
    {
        ModelProto model = Model(Node("A", "a", "x", "y")).Output("y");
        var shape = new TensorShapeProto();
        shape.Dim.Add(extents.Select(x => new DimensionProto { DimValue = x }));
        model.Graph.Input.Add(new ValueInfoProto { Name = "x", Type = new() { TensorType = new() { ElemType = 1, Shape = shape } } });
        Assert.Contains(reason, model.Refusal());
    }

    [Fact]
    public void A_batch_of_none_compiles_and_gives_none()
    {
        var weight = new TensorProto { Name = "w", DataType = 1, Dims = { 4, 3, 1, 1 }, FloatData = { new float[12] } };
        byte[] model = Model(Node("Conv", "c", "x w", "y")).Input("x", 0, 3, 5, 5).Weight(weight).Output("y").ToByteArray();
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(OnnxImporter.Import(model, "empty.onnx").Graph, device);
        plan.Run();
        Assert.Equal([0, 4, 5, 5], plan.Read("y").Shape);
    }

    [Fact]
    public void The_doctor_lists_what_an_import_summarises()
    {
        string path = Path.Combine(Path.GetTempPath(), $"livecam-doctor-{Environment.ProcessId}.onnx");
        File.WriteAllBytes(path, Model(Node("NoSuchOperator", "one", "x", "m"), Node("NorThisOne", "two", "m", "y")).Input("x", 1).Output("y").ToByteArray());
        try
        {
            IReadOnlyList<string> problems = ModelDoctor.Examine(path);
            Assert.Equal(2, problems.Count);
            Assert.Contains("\"one\"", problems[0]);
            Assert.Contains("\"two\"", problems[1]);
            string message = Assert.Throws<LiveCamException>(() => OnnxImporter.Import(path)).Message;
            Assert.StartsWith($"{path} cannot be run: 2 problems: ", message);
            File.WriteAllText(path, "no model");
            Assert.Contains("no ONNX", Assert.Single(ModelDoctor.Examine(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
