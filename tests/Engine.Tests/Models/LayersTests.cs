using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;

namespace LiveCam.Engine.Tests.Models;

/// <summary>What layers see, put out and cost.</summary>
public sealed class LayersTests
{
    /// <summary>Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks" (Distill 2019), and by hand: LeNet-5's C5 sees all 32 pixels.</summary>
    [Theory]
    [InlineData("lenet5", "C5", 32)]
    [InlineData("alexnet", "pool5", 195)]
    [InlineData("vgg16", "pool5", 212)]
    [InlineData("inception-v3", "mixed7c", 1311)]
    [InlineData("mobilenetv1", "block13.project.relu", 315)]
    [InlineData("resnet18", "stage4.block2.sum", 435)]
    public void Receptive_fields_are_the_published_ones(string network, string layer, int pixels) =>
        Assert.All(Of(network).Single(one => one.Name == layer).Field, axis => Assert.Equal(pixels, axis.Size));

    /// <summary>A channel shuffle moves no pixel; a weight for a whole channel comes from all of them.</summary>
    [Fact]
    public void Shuffled_channels_see_what_they_saw_and_weighed_ones_see_all()
    {
        Assert.Equal(3 + 2 * 2 + 2 * 4 + 2 * 8, Of("shufflenetv2").Single(one => one.Name == "stage2.block2").Field[0].Size);
        Assert.Null(Of("se-resnet50").Single(one => one.Name == "stage1.block1.weigh").Field[0].Size);
    }

    [Fact]
    public void The_formula_of_the_lectures_gives_the_output()
    {
        Layer[] seen = [.. Of("googlenet").Concat(Of("lecun1989")).Where(layer => layer.Window.Count > 0)];
        Assert.True(seen.Length > 60);
        foreach (Layer layer in seen)
            foreach ((int axis, Reach reach) in layer.Window.Index())
            {
                Assert.Equal(layer.Output[axis + 2], reach.Output);
                double exact = (reach.Input - reach.Size + reach.PadBegin + reach.PadEnd) / (double)reach.Stride + 1;
                Assert.InRange(reach.Output, Math.Floor(exact), Math.Ceiling(exact));
            }
        Assert.Equal("(32 - 5 + 2*0)/1 + 1 = 28", Of("lenet5").First().Window[0].Formula);
    }

    [Fact]
    public void Parameters_and_work_are_those_of_the_lectures()
    {
        IReadOnlyList<Layer> layers = Of("lenet5");
        Assert.Equal([156, 2416, 48120, 10164, 850], layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Parameters));
        Assert.Equal(2 * 28 * 28 * 6 * 25, layers[0].Flop);
    }

    private static IReadOnlyList<Layer> Of(string network) => NetworkTable.TryFind(network, out NetworkFamily? family) ? Layers.Of(Compiler.Infer(family.Build(), new())) : throw new ArgumentException(network);
}
