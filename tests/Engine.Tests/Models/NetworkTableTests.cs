using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>The networks LiveCam builds have the published sizes, and one seed gives one network.</summary>
public sealed class NetworkTableTests
{
    public static TheoryData<string> Names => [.. NetworkTable.All.Select(family => family.Name)];

    [Fact]
    public void Every_network_is_compared_with_what_is_published() => Assert.Equal(NetworkTable.All.Select(family => family.Name).Order(), PublishedNetworks.All.Select(entry => entry.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_network_has_the_published_number_of_parameters(string name)
    {
        if (Published(name).Parameters is { } parameters)
            Assert.Equal(parameters, Trained(Family(name).Build()).Sum(parameter => parameter.Shape.ElementCount));
    }

    [Theory]
    [InlineData("googlenet", 13_378_280)]
    [InlineData("inception-v3", 27_161_264)]
    public void Auxiliary_heads_have_the_published_number_of_parameters(string name, int parameters)
    {
        NetworkFamily family = Family(name);
        Graph graph = family.Build();
        foreach (string head in family.Auxiliary)
        {
            Assert.True(graph.TryFind(head, out Value value));
            graph.Output(head, value);
        }
        Assert.Equal(parameters, Trained(graph).Sum(parameter => parameter.Shape.ElementCount));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stages_have_the_published_shapes(string name)
    {
        NetworkFamily family = Family(name);
        Shapes(family, family.Usual, Published(name).Stages);
    }

    [Theory]
    [InlineData("conv2", 3, 3, 41, "conv1 2x20x37x37; pool2 2x50x7x7")]
    [InlineData("dense", 26, 3, 5, "flat 2x75; fc1 2x512; fc2 2x256")]
    [InlineData("resnet18", 7, 3, 64, "pool1 2x64x16x16; stage4.block2.sum 2x512x2x2")]
    [InlineData("resnet18", 7, 1, 32, "conv1 2x64x32x32; stage4.block2.sum 2x512x4x4")]
    public void Other_pictures_make_other_shapes(string name, int classes, int channels, int size, string layers) =>
        Shapes(Family(name), Family(name).Usual with { Classes = classes, Channels = channels, Size = size }, layers);

    /// <summary>Shapes alone are asked for: not one large weight is made.</summary>
    private static void Shapes(NetworkFamily family, NetworkChoice choice, string layers)
    {
        Graph graph = family.Build(choice);
        GraphInput input = graph.Inputs[0];
        TypedGraph typed = Compiler.Infer(graph, new() { InputShapes = graph.Inputs.ToDictionary(one => one.Name, one => Shape.Create([.. one.Extents.Select(extent => extent < 0 ? 2 : extent)])) });
        foreach (string layer in layers.Split("; "))
        {
            string[] parts = layer.Split(' ');
            Assert.True(graph.TryFind(parts[0], out Value value), layer);
            Assert.Equal(layer, $"{parts[0]} {typed[value].Shape}");
        }
        (string output, Value answer) = Assert.Single(graph.Outputs);
        if (family.Classifies)
            Assert.Equal(("picture", "logits", $"2x{choice.Classes}"), (input.Name, output, typed[answer].Shape.ToString()));
        foreach (string head in family.Auxiliary)
            Assert.True(graph.TryFind(head, out Value value) && typed[value].Shape == typed[answer].Shape, head);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_gives_one_network_and_another_seed_another(string name)
    {
        NetworkFamily family = Family(name);
        NetworkChoice small = SmallNetworks.Choice(family);
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

    private static PublishedNetworks.Entry Published(string name) => PublishedNetworks.All.Single(entry => entry.Name == name);

    /// <summary>What the outputs depend on and training changes by gradients: not the running statistics.</summary>
    private static HashSet<Parameter> Trained(Graph graph)
    {
        HashSet<Parameter> read = [.. Layers.Of(Compiler.Infer(graph, new())).SelectMany(layer => layer.Node.Inputs).Where(graph.Parameters.ContainsKey).Select(value => graph.Parameters[value])];
        return [.. TrainingForm.Trainable(graph).Where(read.Contains)];
    }

    private static IEnumerable<Parameter> Weights(Graph graph) => graph.Parameters.Values.Where(parameter => parameter.Name.EndsWith(".weight"));
}
