using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Training;

/// <summary>What a graph assigns: at the end of a pass, all of it or nothing, seen by whatever was derived from it.</summary>
public sealed class AssignmentTests
{
    [Fact]
    public void Within_a_pass_a_parameter_is_as_it_was()
    {
        using var device = new CpuDevice(threads: 1);
        var graph = new Graph();
        var count = new Parameter("count", Tensor.Of<float>([1], 3));
        Value next = graph.Add(new Add(), graph.Parameter(count), graph.Parameter("one", Tensor.Of<float>([1], 1)));
        graph.Assign(count, next);
        graph.Output("twice", graph.Add(new Add(), graph.Parameter(count), next));
        using Plan plan = Compiler.Compile(graph, device);
        for (int pass = 0; pass < 3; pass++)
        {
            plan.Run();
            Assert.Equal(2 * (3 + pass) + 1, plan.Read("twice").Span<float>()[0]);
            Assert.Equal(4 + pass, count.Value.Span<float>()[0]);
        }
    }

    [Fact]
    public void A_guard_of_0_lets_nothing_be_assigned()
    {
        using var device = new CpuDevice(threads: 1);
        var graph = new Graph();
        var count = new Parameter("count", Tensor.Of<float>([1], 3));
        graph.Assign(count, graph.Add(new Add(), graph.Parameter(count), graph.Parameter("one", Tensor.Of<float>([1], 1))));
        graph.GuardAssignments(graph.Input("guard", Shape.Scalar));
        using Plan plan = Compiler.Compile(graph, device);
        foreach ((float guard, float expected) in new[] { (0f, 3f), (1f, 4f), (0f, 4f), (0.5f, 5f) })
        {
            plan.Write("guard", Tensor.Scalar(guard));
            plan.Run();
            Assert.Equal(guard != 0, plan.HasAssigned);
            Assert.Equal(expected, count.Value.Span<float>()[0]);
        }
    }

    [Fact]
    public void A_parameter_assigned_twice_is_refused()
    {
        var graph = new Graph();
        var count = new Parameter("count", Tensor.Of<float>([1], 3));
        graph.Assign(count, graph.Parameter(count));
        Assert.Contains("count", Assert.Throws<LiveCamException>(() => graph.Assign(count, graph.Parameter(count))).Message);
    }

    /// <summary>Two parameters that are equal after every update, read by a plan of another device while they change.</summary>
    [Fact]
    public async Task A_plan_on_another_thread_sees_all_of_an_update_or_none()
    {
        using CpuDevice writes = new(threads: 1), reads = new(threads: 1);
        Parameter a = new("a", new Tensor(ElementType.Float32, [3000])), b = new("b", new Tensor(ElementType.Float32, [3000]));
        var writer = new Graph();
        Value one = writer.Parameter("one", Tensor.Scalar(1f));
        foreach (Parameter parameter in new[] { a, b })
            writer.Assign(parameter, writer.Add(new Add(), writer.Parameter(parameter), one));
        var reader = new Graph();
        Value x = reader.Input("x", [1]);
        reader.Output("y", reader.Add(new Sub(), reader.Add(new Add(), reader.Parameter(a), x), reader.Parameter(b)));
        reader.Output("a", reader.Add(new Add(), reader.Parameter(a), x));
        using Plan write = Compiler.Compile(writer, writes), read = Compiler.Compile(reader, reads);
        read.Write("x", new Tensor(ElementType.Float32, [1]));
        Task changing = Task.Run(() =>
        {
            for (int i = 0; i < 3000; i++)
                write.Run();
        });
        var seen = new HashSet<float>();
        while (!changing.IsCompleted)
        {
            read.Run();
            Assert.Equal(-1, read.Read("y").Span<float>().IndexOfAnyExcept(0f));
            float[] all = read.Read("a").Span<float>().ToArray();
            Assert.All(all, value => Assert.Equal(all[0], value));
            seen.Add(all[0]);
        }
        await changing;
        read.Run();
        Assert.Equal(3000, read.Read("a").Span<float>()[0]);
    }

    /// <summary>Small weights that are transposed, and a normalization folded into its convolution, follow training in a plan made before.</summary>
    [Fact]
    public void What_passes_derived_from_weights_follows_training()
    {
        using var device = new CpuDevice(threads: 1);
        Graph model = Networks.Residual(3, dropout: 0);
        var transposed = new Graph();
        Parameter weights = model.Parameters.Values.First(parameter => parameter.Name == "fc.weight");
        Value flipped = transposed.Add(new Transpose([1, 0]), transposed.Parameter(weights));
        transposed.Output("y", transposed.Add(new Gemm(), transposed.Input("x", [2, 20]), flipped));
        (Tensor pictures, Tensor targets) = Networks.Drawings(16, 5, 16);
        var first = new CompileOptions { InputShapes = new Dictionary<string, Shape> { ["x"] = pictures.Shape } };
        Tensor row = RandomTensors.Uniform([2, 20], 3);
        model = TrainingFormOf(model);
        using Plan whole = Compiler.Compile(model, device, first), flat = Compiler.Compile(transposed, device);
        Assert.DoesNotContain(whole.Steps, step => step.Op == "BatchNormalization");
        Assert.DoesNotContain(flat.Steps, step => step.Op == "Transpose");
        using var trainer = new Trainer(model, device, new() { Optimizer = new Sgd(0.1f) });
        for (int step = 0; step < 3; step++)
        {
            trainer.Step(pictures, targets);
            using Plan fresh = Compiler.Compile(model, device, first with { Optimize = false }), freshFlat = Compiler.Compile(transposed, device, new() { Optimize = false });
            foreach ((Plan plan, Tensor input) in new[] { (whole, pictures), (fresh, pictures), (flat, row), (freshFlat, row) })
            {
                plan.Write("x", input);
                plan.Run();
            }
            Assert.True(RandomTensors.RelativeError(whole.Read("y"), fresh.Read("y")) < 1e-4);
            Assert.True(RandomTensors.RelativeError(flat.Read("y"), freshFlat.Read("y")) < 1e-6);
        }
    }

    private static Graph TrainingFormOf(Graph model) =>
        LiveCam.Engine.Passes.TrainingForm.Open(model, model.Outputs[0].Value, "y");
}
