using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Models;

/// <summary>Every network of the table runs on both devices with the same answers, and learns; at an eighth of its width.</summary>
[Collection(GlCollection.Name)]
public sealed class NetworkRunTests(GlFixture gl)
{
    private const int Seed = 5;

    /// <summary>Two float32 devices that add in different orders: the project's promise for whole networks.</summary>
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. SmallNetworks.Names];
    public static TheoryData<string> Classifiers => [.. NetworkTable.All.Where(family => family.Classifies).Select(family => family.Name).Intersect(SmallNetworks.Names)];

    /// <summary>A driver takes long to compile the shaders of a whole network: a few, with LIVECAM_TEST_ALL all of them.</summary>
    public static TheoryData<string> OnOpenGl => SmallNetworks.IsAll ? Names : ["lenet5", "lecun1989", "squeezenet1.1"];

    [Theory]
    [MemberData(nameof(OnOpenGl))]
    public void Both_devices_answer_the_same(string name)
    {
        Graph graph = SmallNetworks.Build(name);
        IReadOnlyList<(string Name, Tensor Value)> inputs = SmallNetworks.Inputs(graph, Seed);
        using var cpu = new CpuDevice(threads: 1);
        Assert.InRange(RandomTensors.RelativeError(Run(graph, gl.Device, inputs), Run(graph, cpu, inputs)), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Answers_depend_on_the_input(string name)
    {
        Graph graph = SmallNetworks.Build(name);
        using var cpu = new CpuDevice(threads: 1);
        float[] first = Run(graph, cpu, SmallNetworks.Inputs(graph, Seed)).Span<float>().ToArray(), second = Run(graph, cpu, SmallNetworks.Inputs(graph, Seed + 100)).Span<float>().ToArray();
        Assert.All(first, answer => Assert.True(float.IsFinite(answer)));
        Assert.True(first.Zip(second, (a, b) => Math.Abs(a - b)).Max() > 1e-4 * first.Max(Math.Abs), "two inputs have one answer");
    }

    /// <summary>No parameter is cut off from the loss, the heads that only training has included.</summary>
    [Theory]
    [MemberData(nameof(Classifiers))]
    public void A_step_of_training_reaches_every_parameter(string name)
    {
        Graph graph = SmallNetworks.Build(name);
        Assert.True(NetworkTable.TryFind(name, out NetworkFamily? family));
        Tensor pictures = SmallNetworks.Inputs(graph, Seed)[0].Value, targets = Tensor.Of<float>([2, SmallNetworks.Classes], 1, 0, 0, 0, 0, 0, 0, 1, 0, 0);
        using var cpu = new CpuDevice(threads: 2);
        using var trainer = new Trainer(graph, cpu, new() { Auxiliary = family.Auxiliary });
        Assert.Equal(TrainingForm.Trainable(graph), trainer.Trained);
        StepResult step = trainer.Step(pictures, targets);
        Assert.Null(step.Trouble);
        Assert.All(trainer.GradientNorms(), one => Assert.True(one.Norm > 0, $"{one.Parameter.Name} has a gradient of {one.Norm}"));
    }

    private static Tensor Run(Graph graph, Device device, IReadOnlyList<(string Name, Tensor Value)> inputs)
    {
        using Plan plan = Compiler.Compile(graph, device, new() { InputShapes = inputs.ToDictionary(input => input.Name, input => input.Value.Shape) });
        foreach ((string name, Tensor value) in inputs) plan.Write(name, value);
        plan.Run();
        return plan.Read(graph.Outputs[0].Name);
    }
}
