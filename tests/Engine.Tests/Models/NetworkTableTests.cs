using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>The networks LiveCam builds have the published sizes, and one seed gives one network.</summary>
public sealed class NetworkTableTests
{
    public static TheoryData<string> Names => [.. NetworkTable.All.Select(family => family.Name)];

    /// <summary>
    /// Lectures: 156 + 2416 + 48120 + 10164 + 850; 520 + 25050 + 400500 + 5010. Torchvision's ResNet-18 has 11,689,512. ResNet-20 has
    /// 269,722 with the paper's option A (0.27M there), and two projections of 16x32 + 64 and 32x64 + 128 more with option B.
    /// </summary>
    [Theory]
    [InlineData("lenet5", 61_706)]
    [InlineData("conv2", 431_080)]
    [InlineData("vgg6", 288_170)]
    [InlineData("dense", 535_818)]
    [InlineData("resnet20", 269_722 + (16 * 32 + 64) + (32 * 64 + 128))]
    [InlineData("resnet18", 11_689_512)]
    public void Every_network_has_the_published_number_of_parameters(string name, int parameters) =>
        Assert.Equal(parameters, Trained(Family(name).Build()).Sum(parameter => parameter.Shape.ElementCount));

    [Theory]
    [InlineData("lenet5", 10, 1, 32, "C1 2x6x28x28; S2 2x6x14x14; C3 2x16x10x10; S4 2x16x5x5; C5 2x120x1x1; F6 2x84")]
    [InlineData("conv2", 10, 1, 28, "conv1 2x20x24x24; pool1 2x20x12x12; conv2 2x50x8x8; pool2 2x50x4x4; fc1 2x500")]
    [InlineData("vgg6", 10, 1, 28, "conv1_2 2x32x28x28; pool1 2x32x14x14; conv2_2 2x64x14x14; pool2 2x64x7x7; conv3_2 2x128x7x7; average 2x128x1x1")]
    [InlineData("conv2", 3, 3, 41, "conv1 2x20x37x37; pool2 2x50x7x7")]
    [InlineData("dense", 26, 3, 5, "flat 2x75; fc1 2x512; fc2 2x256")]
    [InlineData("resnet20", 10, 3, 32, "conv1 2x16x32x32; stage1.block3.sum 2x16x32x32; stage2.block1.sum 2x32x16x16; stage3.block3.sum 2x64x8x8; average 2x64x1x1")]
    [InlineData("resnet18", 1000, 3, 224, "conv1 2x64x112x112; pool1 2x64x56x56; stage1.block2.sum 2x64x56x56; stage4.block2.sum 2x512x7x7")]
    [InlineData("resnet18", 7, 3, 64, "pool1 2x64x16x16; stage4.block2.sum 2x512x2x2")]
    [InlineData("resnet18", 7, 1, 32, "conv1 2x64x32x32; stage4.block2.sum 2x512x4x4")]
    public void Layers_have_the_published_shapes(string name, int classes, int channels, int size, string layers)
    {
        NetworkFamily family = Family(name);
        Graph graph = family.Build(family.Usual with { Classes = classes, Channels = channels, Size = size });
        TypedGraph typed = Compiler.Infer(graph, new() { InputShapes = new Dictionary<string, Shape> { ["picture"] = [2, channels, size, size] } });
        foreach (string layer in layers.Split("; "))
        {
            string[] parts = layer.Split(' ');
            Assert.True(graph.TryFind(parts[0], out Value value), layer);
            Assert.Equal(parts[1], typed[value].Shape.ToString());
        }
        (string output, Value logits) = Assert.Single(graph.Outputs);
        Assert.Equal(("logits", $"2x{classes}"), (output, typed[logits].Shape.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_gives_one_network_and_another_seed_another(string name)
    {
        NetworkFamily family = Family(name);
        NetworkChoice small = family.Usual with { Width = name == "lenet5" ? 6 : 8, Classes = 5, Size = Math.Min(family.Usual.Size, 32) };
        Graph first = family.Build(small), same = family.Build(small), other = family.Build(small with { Seed = 2 });
        Assert.All(first.Parameters.Values.Zip(same.Parameters.Values), pair =>
        {
            Assert.Equal(pair.First.Name, pair.Second.Name);
            Assert.True(pair.First.Value.Bytes.Span.SequenceEqual(pair.Second.Value.Bytes.Span));
        });
        Assert.All(Weights(first).Zip(Weights(other)), pair => Assert.False(pair.First.Value.Bytes.Span.SequenceEqual(pair.Second.Value.Bytes.Span)));
        Assert.Equal(first.Parameters.Count, first.Parameters.Values.Select(parameter => parameter.Name).Distinct().Count());
    }

    /// <summary>The same on every machine: bits that a few lines of Python make of the same integers.</summary>
    [Fact]
    public void Weights_are_a_function_of_seed_name_and_place()
    {
        Parameter weights = Weights(Family("lenet5").Build()).First(parameter => parameter.Name == "C1.weight");
        Assert.Equal(FirstWeights, weights.Value.Span<float>()[..4].ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Weights_have_the_variance_of_their_layer()
    {
        foreach (Parameter parameter in Weights(Family("resnet20").Build()).Where(parameter => parameter.Shape.ElementCount > 1000))
        {
            int fanIn = parameter.Shape.CountOf(1, parameter.Shape.Rank);
            double[] weights = Array.ConvertAll(parameter.Value.Span<float>().ToArray(), x => (double)x);
            double deviation = Math.Sqrt(weights.Average(x => x * x)), expected = Math.Sqrt(2.0 / fanIn);
            // A sample of n: the mean wanders by 1 / sqrt(n), a uniform variance by sqrt(0.8 / n), half of that for the deviation.
            Assert.InRange(deviation / expected, 1 - 2 / Math.Sqrt(weights.Length), 1 + 2 / Math.Sqrt(weights.Length));
            Assert.InRange(weights.Average() / expected, -4 / Math.Sqrt(weights.Length), 4 / Math.Sqrt(weights.Length));
        }
    }

    [Theory]
    [InlineData("lenet5", 10, 1, 28, 6, "32 only")]
    [InlineData("conv2", 10, 1, 12, 20, "16 to 4096")]
    [InlineData("dense", 0, 1, 28, 512, "1 to 100000")]
    [InlineData("resnet20", 10, 2, 32, 16, "1 or 3")]
    [InlineData("resnet18", 10, 3, 64, 0, "1 to 4096")]
    public void What_a_family_does_not_have_is_refused(string name, int classes, int channels, int size, int width, string allowed)
    {
        LiveCamException refusal = Assert.Throws<LiveCamException>(() => Family(name).Build(new(classes, channels, size, width, 1)));
        Assert.StartsWith($"Cannot build {name} for ", refusal.Message);
        Assert.Contains(allowed, refusal.Message);
    }

    private static readonly uint[] FirstWeights = [0xBEBE3477, 0xBE1A8983, 0x3DDCB876, 0x3DDE3477];

    private static NetworkFamily Family(string name) => NetworkTable.TryFind(name, out NetworkFamily? family) ? family : throw new ArgumentException(name);

    /// <summary>What training changes by gradients: not the running statistics.</summary>
    private static IEnumerable<Parameter> Trained(Graph graph) =>
        graph.Parameters.Values.Where(parameter => !parameter.Name.EndsWith(".mean") && !parameter.Name.EndsWith(".variance"));

    private static IEnumerable<Parameter> Weights(Graph graph) => graph.Parameters.Values.Where(parameter => parameter.Name.EndsWith(".weight"));
}
