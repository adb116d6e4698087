using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Training;

/// <summary>The same training on OpenGL and on the CPU.</summary>
[Collection(GlCollection.Name)]
public sealed class GlTrainingTests(GlFixture gl)
{
    public static TheoryData<string> Networks => ["connected", "lenet", "residual"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Twenty_steps_give_the_same_losses_within_a_thousandth(string network)
    {
        using var cpu = new CpuDevice(threads: 1);
        using Trainer here = Trainer(network, cpu), there = Trainer(network, gl.Device);
        for (int step = 0; step < 20; step++)
        {
            (Tensor input, Tensor target) = Batch(network, step);
            StepResult one = here.Step(input, target), two = there.Step(input, target);
            Assert.Null(two.Trouble);
            Assert.True(Math.Abs(one.Loss - two.Loss) <= 1e-3, $"step {step}: {one.Loss} on the CPU, {two.Loss} on OpenGL");
        }
        Assert.Equal(0, there.HostSteps);
    }

    [Fact]
    public void A_plan_on_the_CPU_and_one_on_OpenGL_see_every_step_taken_on_OpenGL()
    {
        using var cpu = new CpuDevice(threads: 1);
        Graph model = Training.Networks.Connected(3, 2, 9, 2);
        (Tensor points, Tensor targets) = Training.Networks.Spirals(31, 5);
        var shapes = new CompileOptions { InputShapes = new Dictionary<string, Shape> { ["x"] = points.Shape } };
        using Plan first = Compiler.Compile(model, cpu, shapes), second = Compiler.Compile(model, gl.Device, shapes);
        using var trainer = new Trainer(model, gl.Device);
        float[]? before = null;
        for (int step = 0; step < 3; step++)
        {
            trainer.Step(points, targets);
            foreach (Plan plan in new[] { first, second })
            {
                plan.Write("x", points);
                plan.Run();
            }
            float[] a = first.Read("y").Span<float>().ToArray(), b = second.Read("y").Span<float>().ToArray();
            Assert.All(a.Zip(b), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            if (before is not null)
                Assert.True(before.Zip(a, (x, y) => Math.Abs(x - y)).Max() > 1e-3);
            before = a;
        }
    }

    [Fact]
    public void Weights_outlive_the_plan_that_trained_them()
    {
        Graph model = Training.Networks.Connected(3, 2, 9, 2);
        (Tensor points, Tensor targets) = Training.Networks.Spirals(31, 5);
        byte[] first = [.. model.Parameters.Values.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        using (var trainer = new Trainer(model, gl.Device))
            trainer.Step(points, targets);
        byte[] after = [.. model.Parameters.Values.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        Assert.NotEqual(first, after);
        using var cpu = new CpuDevice(threads: 1);
        Graph again = Training.Networks.Connected(3, 2, 9, 2);
        using (var trainer = new Trainer(again, cpu))
            trainer.Step(points, targets);
        foreach ((Parameter a, Parameter b) in model.Parameters.Values.Zip(again.Parameters.Values))
            Assert.True(RandomTensors.RelativeError(a.Value, b.Value) < 1e-5, a.Name);
    }

    [Fact]
    public void A_batch_that_gives_no_number_changes_nothing_on_OpenGL()
    {
        using var trainer = new Trainer(Training.Networks.Connected(3, 2, 9, 2), gl.Device);
        (Tensor points, Tensor targets) = Training.Networks.Spirals(32, 5);
        trainer.Step(points, targets);
        byte[] before = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        Tensor broken = Tensor.Of<float>(points.Shape, points.Span<float>());
        broken.Span<float>()[3] = float.NaN;
        Assert.NotNull(trainer.Step(broken, targets).Trouble);
        Assert.Equal(before, trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray()));
    }

    private static Trainer Trainer(string network, Device device) => network switch
    {
        "connected" => new(Training.Networks.Connected(3, 2, 24, 24, 2), device, new() { Optimizer = new Adam(0.01f), LargestNorm = 1 }),
        "lenet" => new(Training.Networks.LeNet(3), device, new() { Optimizer = new Sgd(0.02f, Nesterov: true, Decay: 1e-4f), LargestNorm = 5 }),
        _ => new(Training.Networks.Residual(3), device, new() { Optimizer = new Sgd(0.02f), Average = 0.9f, Loss = new CrossEntropyLoss(0.1f) }),
    };

    private static (Tensor Input, Tensor Target) Batch(string network, int step) =>
        network == "connected" ? Training.Networks.Spirals(64, step) : Training.Networks.Drawings(16, step, network == "lenet" ? 28 : 16);
}
