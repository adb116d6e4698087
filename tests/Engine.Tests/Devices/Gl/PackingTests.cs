using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using static LiveCam.Engine.Tests.RandomTensors;
using Silk.NET.OpenGL;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Devices.Gl;

/// <summary>Weights that change on the device are packed there: the same bits as the host packs.</summary>
[Collection(GlCollection.Name)]
public sealed class PackingTests(GlFixture fixture)
{
    [Theory]
    [InlineData(7, 9, 3, 1, 1)]
    [InlineData(12, 18, 3, 2, 3)]
    [InlineData(10, 10, 5, 2, 10)]
    [InlineData(33, 65, 1, 1, 1)]
    [InlineData(3, 13, 7, 2, 1)]
    public void Convolutions_and_their_gradients(int c, int k, int kernel, int stride, int groups) => fixture.Run(gl =>
    {
        var forward = new Conv2d(kernel, stride, kernel / 2, 1, groups);
        Graph graph = GlCheck.Single(forward, [[1, c, 9, 11]], Uniform([k, c / groups, kernel, kernel], 1), Uniform([k], 2));
        Assert.Equal(groups == c ? 2 : 1, SameBits(gl, graph));
        var backward = new Graph();
        Value x = backward.Input("x", [2, c, 9, 11]), w = backward.Parameter("w", Uniform([k, c / groups, kernel, kernel], 3));
        Value loss = backward.Add(new ReduceMean(), backward.Add(new Tanh(), backward.Add(forward, x, w)));
        backward.Output("dx", backward.Gradients(loss, [x])[0]);
        Assert.Contains("Conv2dInputGradient", Ops(backward));
        Assert.True(SameBits(gl, backward) > 1);
    });

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 0.5f, 0)]
    [InlineData(true, 1, 80)]
    [InlineData(false, 3, 80)]
    public void Matrices_whole_and_in_slices(bool transposed, float scale, int columnsInBlock) => fixture.Run(gl =>
    {
        const int depth = 70, columns = 133;
        Graph graph = GlCheck.Single(new Gemm(scale, 0.3f, false, transposed), [[3, depth]],
            Uniform(transposed ? [columns, depth] : [depth, columns], 1), Uniform([columns], 2));
        Assert.Equal(2, SameBits(gl, graph, columnsInBlock * ((depth + 3) / 4 * 16)));
    });

    /// <summary>Training packs what its steps assign on the device, and so does a plan of the network made before, which answers as one made on the CPU.</summary>
    [Fact]
    public void Neither_training_nor_a_plan_that_follows_it_goes_through_the_host()
    {
        using var cpu = new CpuDevice(threads: 1);
        Graph trained = Training.Networks.LeNet(3), model = TrainingForm.Open(trained, trained.Outputs[0].Value, "y");
        (Tensor pictures, Tensor targets) = Training.Networks.Drawings(16, 1, 28);
        var shapes = new CompileOptions { InputShapes = new Dictionary<string, Shape> { ["x"] = pictures.Shape } };
        using Plan follows = Compiler.Compile(model, fixture.Device, shapes), expected = Compiler.Compile(model, cpu, shapes);
        using var trainer = new Trainer(trained, fixture.Device, new() { Optimizer = new Sgd(0.05f) });
        trainer.Step(pictures, targets);
        Tensor? before = null;
        for (int step = 0; step < 3; step++)
        {
            int packings = fixture.Device.HostPackings;
            trainer.Step(pictures, targets);
            follows.Write("x", pictures);
            follows.Run();
            Assert.Equal(packings, fixture.Device.HostPackings);
            expected.Write("x", pictures);
            expected.Run();
            Tensor y = follows.Read("y");
            Assert.True(RelativeError(y, expected.Read("y")) < Fp32(1000));
            if (before is not null) Assert.True(RelativeError(y, before) > 1e-4);
            before = y;
        }
    }

    /// <summary>Forwards and backwards a training step takes the shaders that read packed weights, as inference does.</summary>
    [Fact]
    public void Training_takes_the_shaders_of_packed_weights()
    {
        Graph model = Training.Networks.LeNet(3);
        var training = new TrainingGraph(model, new());
        (Tensor pictures, Tensor targets) = Training.Networks.Drawings(16, 1, 28);
        using Plan plan = Compiler.Compile(training.Graph, fixture.Device, new()
        {
            InputShapes = new Dictionary<string, Shape> { ["x"] = pictures.Shape, [TrainingGraph.Target] = targets.Shape },
        });
        PlanStep[] steps = [.. plan.Steps.Where(step => step.Op is "Conv" or "Conv2dInputGradient")];
        Assert.Equal(3, steps.Length);
        Assert.All(steps, step => Assert.NotEqual("plain", step.Kernel));
    }

    private static string[] Ops(Graph graph)
    {
        using var cpu = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, cpu);
        return [.. plan.Steps.Select(step => step.Op)];
    }

    /// <summary>Packs every form that any variant of a graph's steps reads, here and there.</summary>
    /// <param name="blockBytes">Most bytes of a block; 0 for what the driver allows.</param>
    /// <returns>How many forms there were.</returns>
    private static unsafe int SameBits(GL gl, Graph graph, long blockBytes = 0)
    {
        using var device = new GlDevice(gl, cacheDirectory: null);
        if (blockBytes > 0) device.MaxBlockBytes = blockBytes;
        var forms = new Dictionary<(Parameter, string), Binding.Derived>();
        GlProgram program = device.Program("pack.comp", []);
        var schedule = Compiler.Lower(graph, new());
        using (device.Plan(schedule, 1 << 30, (node, candidates) =>
        {
            foreach (ShaderCall candidate in candidates)
                for (ShaderCall? call = candidate; call is not null; call = call.Next)
                    foreach (Binding.Derived derived in call.Bindings.OfType<Binding.Derived>())
                        forms[(schedule.Graph.Parameters[node.Inputs[derived.Index]], derived.Key)] = derived;
            return candidates[0];
        })) { }
        foreach (((Parameter parameter, string key), Binding.Derived derived) in forms)
        {
            var form = new ParameterForm(key, derived.Floats, derived.Pack, derived.Copies);
            Assert.NotEmpty(form.Copies);
            float[] host = new float[form.Floats], there = new float[form.Floats];
            fixed (float* packed = host) form.Pack(parameter.Value, packed);
            using GlBuffer dense = new(gl, parameter.Value.Bytes.Length), packedThere = new(gl, form.Floats * 4);
            dense.Upload<byte>(parameter.Value.Bytes.Span);
            packedThere.Clear(0, packedThere.Bytes);
            form.Run(gl, program, dense, packedThere);
            packedThere.Download(there.AsSpan());
            Assert.Equal(host.Select(BitConverter.SingleToUInt32Bits), there.Select(BitConverter.SingleToUInt32Bits));
            Assert.Contains(host, value => value != 0);
        }
        return forms.Count;
    }
}
