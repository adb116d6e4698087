using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Engine.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly CpuDevice device = new(threads: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-checkpoint").FullName;

    private string File => Path.Combine(folder, "run.checkpoint");

    private static readonly TrainingOptions Options = new()
    {
        Optimizer = new AdamW(0.01f), Schedule = new CosineSchedule(30).WarmedUp(5), LargestNorm = 1, Average = 0.9f,
    };

    /// <summary>The residual network has running statistics and dropout beside weights and the optimizer's states.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_was_stopped_and_resumed_equals_the_one_that_was_not(bool residual)
    {
        Graph Model(int seed) => residual ? Networks.Residual(seed) : Networks.Connected(seed, 2, 33, 2);
        byte[] Train(bool stop)
        {
            Graph model = Model(3);
            var trainer = new Trainer(model, device, Options);
            try
            {
                for (int step = 0; step < 20; step++)
                {
                    (Tensor input, Tensor targets) = residual ? Networks.Drawings(8, 100 + step, 16) : Networks.Spirals(32, 100 + step);
                    trainer.Step(input, targets);
                    if (!stop || step != 9)
                        continue;
                    trainer.Save(File, "epoch 3");
                    trainer.Dispose();
                    model = Model(4);
                    trainer = new Trainer(model, device, Options);
                    Assert.Equal("epoch 3", trainer.Load(File));
                    Assert.Equal(10, trainer.Steps);
                }
                trainer.SwapAverages();
                byte[] averages = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
                trainer.SwapAverages();
                return [.. model.Parameters.Values.SelectMany(parameter => parameter.Value.Bytes.ToArray()), .. averages];
            }
            finally
            {
                trainer.Dispose();
            }
        }
        Assert.Equal(Train(false), Train(true));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void Every_shortening_and_every_flipped_byte_is_refused_and_nothing_changes()
    {
        Graph model = Networks.Connected(3, 2, 3, 2);
        using var trainer = new Trainer(model, device, Options);
        (Tensor points, Tensor targets) = Networks.Spirals(8, 1);
        trainer.Step(points, targets);
        trainer.Save(File);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        trainer.Step(points, targets);
        byte[] before = [.. trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray())];
        for (int i = 0; i < whole.Length; i += 7)
        {
            System.IO.File.WriteAllBytes(File, whole[..i]);
            Assert.StartsWith("Reading the checkpoint", Assert.Throws<LiveCamException>(() => trainer.Load(File)).Message);
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x40;
            System.IO.File.WriteAllBytes(File, flipped);
            Assert.StartsWith("Reading the checkpoint", Assert.Throws<LiveCamException>(() => trainer.Load(File)).Message);
        }
        System.IO.File.WriteAllBytes(File, [.. whole, 0]);
        Assert.Throws<LiveCamException>(() => trainer.Load(File));
        Assert.Equal(before, trainer.Trained.SelectMany(parameter => parameter.Value.Bytes.ToArray()));
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_with_the_tensor_that_differs()
    {
        using var trainer = new Trainer(Networks.Connected(3, 2, 3, 2), device, Options);
        trainer.Save(File);
        using var other = new Trainer(Networks.Connected(3, 2, 4, 2), device, Options);
        string message = Assert.Throws<LiveCamException>(() => other.Load(File)).Message;
        Assert.Contains("fc1.weight", message);
        using var adam = new Trainer(Networks.Connected(3, 2, 3, 2), device, Options with { Optimizer = new Sgd() });
        Assert.Contains("tensors", Assert.Throws<LiveCamException>(() => adam.Load(File)).Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_with_the_path()
    {
        using var trainer = new Trainer(Networks.Connected(3, 2, 3, 2), device, Options);
        string nowhere = Path.Combine(folder, "nowhere", "run.checkpoint");
        Assert.Contains(nowhere, Assert.Throws<LiveCamException>(() => trainer.Save(nowhere)).Message);
    }

    public void Dispose()
    {
        device.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
