using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using static LiveCam.Engine.Tests.RandomTensors;

namespace LiveCam.Engine.Tests.Planning;

/// <summary>What may be read after a run; everything else is refused with the way out.</summary>
[Collection(GlCollection.Name)]
public sealed class ReadingTests(GlFixture fixture)
{
    /// <summary>x → conv → first (a Relu) → second (a pool) → y, and a branch that leads nowhere.</summary>
    private sealed class Network
    {
        public Graph Graph { get; } = new();
        public Value X { get; }
        public Value Weights { get; }
        public Value Conv { get; }
        public Value First { get; }
        public Value Nowhere { get; }
        public Value Y { get; }

        public Network()
        {
            X = Graph.Input("x", [1, 3, 8, 8]);
            Weights = Graph.Parameter("weights", Uniform([16, 3, 3, 3], 1));
            Conv = Graph.Add(new Conv2d(3, 1, 1), "conv", 1, X, Weights)[0];
            First = Graph.Add(new Relu(), "first", 1, Conv)[0];
            Nowhere = Graph.Add(new Tanh(), "nowhere", 1, First)[0];
            Value second = Graph.Add(new MaxPool(Window.Square(2, 2, 0)), "second", 1, First)[0];
            Y = Graph.Add(new Sigmoid(), "sigmoid", 1, second)[0];
            Graph.Output("y", Y);
        }

        public Plan On(Device device, params string[] keep)
        {
            Plan plan = Compiler.Compile(Graph, device, new() { Keep = keep });
            plan.Write("x", Uniform([1, 3, 8, 8], 2));
            plan.Run();
            return plan;
        }
    }

    public static TheoryData<string> Devices => ["cpu", "gl"];

    private void On(string kind, Action<Device> test)
    {
        if (kind == "gl")
        {
            test(fixture.Device);
            return;
        }
        using var cpu = new CpuDevice(threads: 1);
        test(cpu);
    }

    private static string Refusal(Action read) => Assert.Throws<LiveCamException>(read).Message;

    [Theory, MemberData(nameof(Devices))]
    public void A_value_of_the_graph_that_was_compiled_is_read_as_by_its_name(string kind) => On(kind, device =>
    {
        var network = new Network();
        using Plan plan = network.On(device, "first");
        Assert.Equal(plan.Read("y").Bytes.ToArray(), plan.Read(network.Y).Bytes.ToArray());
        Assert.Equal(plan.Read("first").Bytes.ToArray(), plan.Read(network.First).Bytes.ToArray());
        Assert.Equal(Uniform([1, 3, 8, 8], 2).Bytes.ToArray(), plan.Read(network.X).Bytes.ToArray());
        Assert.Equal(Uniform([16, 3, 3, 3], 1).Bytes.ToArray(), plan.Read(network.Weights).Bytes.ToArray());
        Assert.Contains(plan.Read("first").Span<float>().ToArray(), value => value > 0);
    });

    [Theory, MemberData(nameof(Devices))]
    public void A_value_that_was_not_kept_is_refused_and_named(string kind) => On(kind, device =>
    {
        var network = new Network();
        using Plan plan = network.On(device);
        foreach (string message in (string[])[Refusal(() => plan.Read("first")), Refusal(() => plan.Read(network.First)), Refusal(() => plan.Read(plan.Lowered.Find("first")))])
            Assert.Equal("Reading \"first\": its memory is used again within a run, so nothing is left of it. Add it to CompileOptions.Keep.", message);
    });

    [Theory, MemberData(nameof(Devices))]
    public void A_value_that_a_pass_swallowed_is_refused_with_what_swallowed_it(string kind) => On(kind, device =>
    {
        var network = new Network();
        using Plan plan = network.On(device);
        foreach (string message in (string[])[Refusal(() => plan.Read("conv")), Refusal(() => plan.Read(network.Conv))])
            Assert.StartsWith("Reading \"conv\": it was fused into \"first\" and is never stored.", message);
        using Plan apart = network.On(device, "conv");
        Assert.Contains(apart.Read(network.Conv).Span<float>().ToArray(), value => value < 0);
    });

    [Theory, MemberData(nameof(Devices))]
    public void A_value_that_nothing_needs_is_refused(string kind) => On(kind, device =>
    {
        var network = new Network();
        using Plan plan = network.On(device);
        foreach (string message in (string[])[Refusal(() => plan.Read("nowhere")), Refusal(() => plan.Read(network.Nowhere))])
            Assert.Equal("Reading \"nowhere\": no output of this plan needs it, so it is not computed. Add it to CompileOptions.Keep.", message);
    });

    [Theory, MemberData(nameof(Devices))]
    public void A_value_of_another_graph_is_refused(string kind) => On(kind, device =>
    {
        using Plan plan = new Network().On(device);
        Assert.StartsWith("Reading a value: it belongs neither to the graph", Refusal(() => plan.Read(new Network().Y)));
        Assert.StartsWith("Reading a value:", Refusal(() => plan.Read(Value.None)));
    });

    [Theory, MemberData(nameof(Devices))]
    public void Only_an_input_is_written(string kind) => On(kind, device =>
    {
        using Plan plan = new Network().On(device, "first");
        Assert.Equal("The network has no input \"first\"; its inputs are x.", Refusal(() => plan.Write("first", plan.Read("first"))));
    });

    [Fact]
    public void A_place_in_memory_is_told_only_of_what_is_left_there()
    {
        var network = new Network();
        using (var device = new CpuDevice(threads: 1))
        using (Plan plan = network.On(device))
        {
            var cpu = (CpuPlan)plan;
            Assert.Contains("used again", Refusal(() => _ = cpu[network.First]));
            Assert.Contains("fused into", Refusal(() => _ = cpu[network.Conv]));
            Assert.Equal([1, 16, 4, 4], cpu[network.Y].Format.Shape.Span);
        }
        using Plan onGl = network.On(fixture.Device);
        var gl = (GlPlan)onGl;
        Assert.Contains("used again", Refusal(() => gl.Locate(network.First)));
        Assert.Contains("fused into", Refusal(() => gl.Locate(network.Conv)));
        Assert.Equal([1, 16, 4, 4], gl.Locate(network.Y).Operand.Format.Shape.Span);
    }
}
