using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>The networks of the table at an eighth of their width and for small pictures: every kind of layer, little work.</summary>
internal static class SmallNetworks
{
    public const int Classes = 5;

    private const int Part = 8, Size = 64;

    /// <summary>Members of families of which a smaller one has the same layers.</summary>
    private static readonly string[] More =
        ["vgg13", "vgg16-1x1", "vgg16", "vgg19", "resnet34", "resnet101", "resnet152", "resnet32", "resnet44", "resnet56", "resnet110", "resnet1001", "squeezenet1.0", "mobilenetv3-large", "fcn16s", "fcn32s"];

    public static bool IsAll { get; } = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1";

    /// <summary>With LIVECAM_TEST_ALL every network of the table, else one of each kind.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. NetworkTable.All.Select(family => family.Name).Where(name => IsAll || !More.Contains(name))];

    public static NetworkChoice Choice(NetworkFamily family) => family.Usual with
    {
        Classes = Classes,
        // One with which no narrow layer starts with all its units at rest.
        Seed = 3,
        Width = Math.Max(1, family.Usual.Width / Part),
        Size = family.IsFixedSize ? family.Usual.Size : Math.Max(family.LeastSize, Math.Min(family.Usual.Size, Size)),
    };

    public static Graph Build(string name) => NetworkTable.TryFind(name, out NetworkFamily? family) ? family.Build(Choice(family)) : throw new ArgumentException(name);

    /// <summary>Contents for a batch of two.</summary>
    public static IReadOnlyList<(string Name, Tensor Value)> Inputs(Graph graph, int seed) =>
        [.. graph.Inputs.Select((input, i) => (input.Name, RandomTensors.Uniform(Shape.Create([.. input.Extents.Select(extent => extent < 0 ? 2 : extent)]), seed + i)))];
}
