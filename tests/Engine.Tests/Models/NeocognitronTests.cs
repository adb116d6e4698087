using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Unsupervised;

namespace LiveCam.Engine.Tests.Models;

/// <summary>Without being told of classes the cascade tells patterns apart, wherever they are.</summary>
public sealed class NeocognitronTests
{
    private const int Size = 16, Shows = 20;

    private static readonly Func<int, int, bool>[] Patterns =
    [
        (x, y) => x == 7 && y is >= 3 and <= 12,
        (x, y) => y == 7 && x is >= 3 and <= 12,
        (x, y) => x == y && x is >= 3 and <= 12,
        (x, y) => (x is 4 or 11 && y is >= 4 and <= 11) || (y is 4 or 11 && x is >= 4 and <= 11),
    ];

    [Fact]
    public void Patterns_are_told_apart_wherever_they_are()
    {
        Graph graph = Neocognitron.Family.Build();
        using var device = new CpuDevice(threads: 1);
        using var learning = new CascadeLearning(graph, Neocognitron.Cascade, device, [1, 1, Size, Size]);
        for (int show = 0; show < Shows; show++)
            foreach (Func<int, int, bool> pattern in Patterns) learning.Show(Drawn(pattern, 0, 0));
        using Plan plan = Compiler.Compile(graph, device);
        int[] planes = [.. Patterns.Select(pattern => Strongest(plan, Drawn(pattern, 0, 0)))];
        Assert.Equal(Patterns.Length, planes.Distinct().Count());
        foreach ((int dx, int dy) in new[] { (1, 0), (0, 1), (-1, 1) })
            Assert.Equal(planes, Patterns.Select(pattern => Strongest(plan, Drawn(pattern, dx, dy))));
    }

    private static Tensor Drawn(Func<int, int, bool> pattern, int dx, int dy)
    {
        var picture = new Tensor(ElementType.Float32, [1, 1, Size, Size]);
        for (int y = 0; y < Size; y++)
            for (int x = 0; x < Size; x++) picture.Span<float>()[y * Size + x] = pattern(x - dx, y - dy) ? 1 : 0;
        return picture;
    }

    private static int Strongest(Plan plan, Tensor picture)
    {
        plan.Write("picture", picture);
        plan.Run();
        float[] features = plan.Read(Neocognitron.Features).Span<float>().ToArray();
        Assert.True(features.Max() > 0);
        return Array.IndexOf(features, features.Max());
    }
}
