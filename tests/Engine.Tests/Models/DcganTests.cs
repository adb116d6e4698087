using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Models;

public sealed class DcganTests
{
    private static NetworkChoice Small => SmallNetworks.Choice(Dcgan.Family);

    [Fact]
    public void The_discriminator_mirrors_the_generator()
    {
        Graph made = Dcgan.Family.Build(Small), judge = Dcgan.Discriminator(Small);
        TypedGraph a = Compiler.Infer(made, new()), b = Compiler.Infer(judge, new());
        foreach ((string one, string other) in new[] { ("double3", "halve1"), ("double2", "halve2"), ("double1", "halve3"), ("places", "halve4") })
        {
            Assert.True(made.TryFind(one, out Value up) && judge.TryFind(other, out Value down) && a[up].Shape == b[down].Shape, one);
        }
        Assert.Equal(a[made.Outputs[0].Value].Shape, b[judge.Inputs[0].Value].Shape);
    }

    /// <summary>The step of training that a game is made of: noise of the generator told from ramps of light.</summary>
    [Fact]
    public void The_discriminator_learns_to_tell_pictures_from_noise()
    {
        Graph judge = Dcgan.Discriminator(Small);
        using var device = new CpuDevice(threads: 2);
        using var trainer = new Trainer(judge, device, new() { Loss = new BinaryCrossEntropyLoss(), Optimizer = new Adam(1e-3f) });
        Assert.Equal(TrainingForm.Trainable(judge), trainer.Trained);
        Tensor noise = RandomTensors.Uniform([4, 3, 64, 64], 3), targets = Tensor.Of<float>([4, 1], 0, 0, 1, 1);
        Span<float> pixels = noise.Span<float>();
        for (int i = pixels.Length / 2; i < pixels.Length; i++) pixels[i] = i % 64 / 32f - 1;
        float first = trainer.Step(noise, targets).Loss, last = first;
        for (int step = 0; step < 8; step++) last = trainer.Step(noise, targets).Loss;
        Assert.True(last < first / 2, $"{first} before, {last} after");
    }
}
