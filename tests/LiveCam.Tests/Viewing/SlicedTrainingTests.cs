using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Networks;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Viewing;

/// <summary>Training on the window's own OpenGL, in slices of the ticks in which the network it trains answers.</summary>
[Collection(WindowCollection.Name)]
public sealed class SlicedTrainingTests : IDisposable
{
    private const int Steps = 20, Batch = 8;

    private readonly Scratch scratch = new();
    private readonly string file;

    public SlicedTrainingTests()
    {
        file = scratch["lenet5.onnx"];
        Call call = Call.Run("export", "--model", "lenet5", "--out", file);
        Assert.True(call.Exit == 0, call.Error);
    }

    public void Dispose() => scratch.Dispose();

    private PictureModel Model() => PictureModel.Load(file, null, new Dictionary<string, string>());

    private LiveProgram Open(PictureModel model) => new(model, new CaptureSettings("pattern:96x64") { Speed = 1, Stays = true }, scratch.Folder, device: "gl");

    private static TrainingOptions Options => new() { Optimizer = new Sgd(0.02f, Nesterov: true), LargestNorm = 5 };

    /// <summary>Pictures of chance, another batch for each number, with labels.</summary>
    private static (Tensor Pictures, Tensor Targets) Drawn(int number)
    {
        var random = new Random(number);
        Tensor pictures = new(ElementType.Float32, [Batch, 1, 32, 32]), targets = new(ElementType.Float32, [Batch, 10]);
        foreach (ref float value in pictures.Span<float>()) value = random.NextSingle() * 2 - 1;
        for (int i = 0; i < Batch; i++) targets.Span<float>()[i * 10 + random.Next(10)] = 1;
        return (pictures, targets);
    }

    /// <summary>With no budget every tick takes one step of the network and one of training; on a picture that stays training has all of it.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(8, true)]
    public async Task Losses_follow_the_CPU_while_the_window_draws_and_the_answer_follows_the_weights(double budget, bool stays)
    {
        PictureModel model = Model();
        using LiveProgram live = Open(model);
        live.Until(() => live.Frame.Features is { Image: not null }, "feature maps");
        (live.Frame.Budget, live.Screen.IsFrozen) = (TimeSpan.FromMilliseconds(budget), stays);
        if (stays) live.Until(() => live.Frame.Answer!.Number == live.Frame.Number, "the answer to the picture that stays");
        float[] losses = new float[Steps];
        long first = live.Frame.Answer!.Number;
        using var trainer = new Trainer(model.Graph, live.Frame.Network!.OpenGl!, Options);
        Task training = Task.Run(() =>
        {
            for (int step = 0; step < Steps; step++)
            {
                (Tensor pictures, Tensor targets) = Drawn(step);
                StepResult result = trainer.Step(pictures, targets);
                Assert.Null(result.Trouble);
                losses[step] = result.Loss;
            }
        });
        int ticks = 0;
        live.Until(() => ++ticks > 0 && training.IsCompleted, "training");
        await training;
        Assert.Equal(0, trainer.HostSteps);
        Assert.True(ticks > Steps * (budget == 0 ? 30 : 1), $"{ticks} ticks");
        Assert.Equal(!stays, live.Frame.Answer.Number > first + 1);

        using var cpu = new CpuDevice(threads: 1);
        PictureModel same = Model();
        using var here = new Trainer(same.Graph, cpu, Options);
        for (int step = 0; step < Steps; step++)
        {
            (Tensor pictures, Tensor targets) = Drawn(step);
            float expected = here.Step(pictures, targets).Loss;
            Assert.True(Math.Abs(expected - losses[step]) <= 1e-3, $"step {step}: {expected} on the CPU, {losses[step]} in slices");
        }

        // What answers now are the trained weights, and the maps on the screen are theirs.
        AnswersWith(live, model, cpu);
        AnswersWith(live, same, cpu);
    }

    [Fact]
    public async Task A_step_that_the_guard_forbids_changes_no_weight_and_no_answer()
    {
        PictureModel model = Model();
        using LiveProgram live = Open(model);
        live.Until(() => live.Frame.Features is { Image: not null }, "feature maps");
        using var trainer = new Trainer(model.Graph, live.Frame.Network!.OpenGl!, Options);
        (Tensor pictures, Tensor targets) = Drawn(1);
        pictures.Span<float>()[7] = float.NaN;
        Task<StepResult> step = Task.Run(() => trainer.Step(pictures, targets));
        live.Until(() => step.IsCompleted, "a step");
        Assert.NotNull((await step).Trouble);
        using var cpu = new CpuDevice(threads: 1);
        AnswersWith(live, Model(), cpu);
    }

    [Fact]
    public async Task Who_waits_for_a_display_that_ends_waits_no_more()
    {
        PictureModel model = Model();
        using LiveProgram live = Open(model);
        live.Until(() => live.Frame.Answer is not null, "an answer");
        using var trainer = new Trainer(model.Graph, live.Frame.Network!.OpenGl!, Options);
        (Tensor pictures, Tensor targets) = Drawn(1);
        // Nobody ticks: the step cannot end.
        Task<StepResult> step = Task.Run(() => trainer.Step(pictures, targets));
        live.Frame.Network.OpenGl!.Slices!.Close();
        // On this thread, which the window belongs to: what is awaited is over.
        Assert.True(SpinWait.SpinUntil(() => step.IsCompleted, TimeSpan.FromSeconds(30)), "it still waits");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
    }

    [Fact]
    public async Task Who_waits_for_a_device_on_a_display_that_ends_waits_no_more()
    {
        using LiveProgram live = Open(Model());
        live.Until(() => live.Frame.Answer is not null, "an answer");
        using var asked = new ManualResetEventSlim();
        Task opened = Task.Run(() =>
        {
            asked.Set();
            live.Host!.OpenDevice();
        });
        asked.Wait();
        Thread.Sleep(50);
        live.App.Unload();
        Assert.True(SpinWait.SpinUntil(() => opened.IsCompleted, TimeSpan.FromSeconds(10)), "it still waits");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opened);
        Task late = Task.Run(() => live.Host!.OpenDevice());
        Assert.True(SpinWait.SpinUntil(() => late.IsCompleted, TimeSpan.FromSeconds(10)), "it waits");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
    }

    /// <summary>Asserts that on a picture that stays the answer and the maps are those of a network on the CPU.</summary>
    private static void AnswersWith(LiveProgram live, PictureModel model, CpuDevice device)
    {
        live.Screen.IsFrozen = true;
        live.App.Tick();
        // The first two may be those of a run on its way back and of one under way, which began with older weights.
        for (int answers = 0; answers < 3; answers++)
        {
            live.Screen.LookAgain();
            live.App.Tick();
            live.Until(() => live.Frame.IsAnswered && live.Frame.Answer!.Number == live.Frame.Number, "an answer to the picture that stays");
        }
        for (int i = 0; i < 4; i++) live.App.Tick();
        SlicedWindowTests.AssertAsOnTheProcessor(live, model, device);
    }
}
