using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Training.Heads;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Training.Taught;

namespace LiveCam.Engine.Tests.Training.Taught;

/// <summary>Something taught on the 64 features of a network with weights of chance.</summary>
internal sealed record TaughtCase(Graph Backbone, string Layer, TaughtModel Model, Graph Graph)
{
    /// <summary>Noise of a size of its own over a pattern of one of four kinds, so that features differ.</summary>
    public Tensor Picture(int seed)
    {
        Tensor picture = RandomTensors.Uniform([1, 3, 32, 32], seed);
        Span<float> values = picture.Span<float>();
        for (int i = 0; i < values.Length; i++) values[i] = 0.2f * values[i] + MathF.Sin((seed % 4 + 1) * 0.3f * (i % 32)) + (i / 1024 == seed % 3 ? 1 : 0);
        return picture;
    }

    /// <summary>The backbone's features of a picture, by the same arithmetic as what is exported.</summary>
    public float[] Features(Tensor picture)
    {
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(Backbone, device, new() { Exact = true, InputShapes = new Dictionary<string, Shape> { ["picture"] = picture.Shape }, Keep = [Layer] });
        plan.Write("picture", picture);
        plan.Run();
        return plan.Read(Layer).Span<float>().ToArray();
    }
}

/// <summary>Each kind of head, with a distance from few samples (less than features) or many, and a class with fewer samples than neighbours count.</summary>
internal static class TaughtCases
{
    private const int Few = 5, Many = 40;

    public static IEnumerable<string> Names => from kind in (string[])["discriminant", "means", "neighbours", "hidden"] from each in (int[])[Few, Many] select $"{kind} {each}";

    public static TaughtCase Of(string name)
    {
        string[] parts = name.Split(' ');
        Assert.True(NetworkTable.TryFind("resnet20", out NetworkFamily? family));
        Graph backbone = family.Build(family.Usual);
        string layer = backbone.NameOf(backbone.Nodes[^1].Inputs[0]);
        var empty = new TaughtCase(backbone, layer, null!, null!);
        int each = int.Parse(parts[1]);
        var rows = new MemoryRows(64);
        for (int i = 0; i < each; i++)
            for (int c = 0; c < 3; c++) rows.Add(empty.Features(empty.Picture(12 * i + c)), c, c);
        // Twice the same sample: equal cosines.
        for (int i = 0; i < 2; i++) rows.Add(empty.Features(empty.Picture(3)), 3, 3);
        TaughtModel model = TaughtModel.Fit(rows, background: 0, some => Fit(parts[0], some));
        return new(backbone, layer, model, TaughtGraph.Build(backbone, layer, isMap: false, model));
    }

    private static Head Fit(string kind, FeatureRows rows)
    {
        if (kind != "hidden") return HeadTests.Fit(kind, rows);
        // Not trained: any weights do.
        double[] Numbers(int count, int seed) => [.. RandomTensors.Uniform([count], seed).Span<float>().ToArray().Select(x => (double)x)];
        return new HiddenHead(new(Numbers(16 * rows.Dimension, 1), Numbers(16, 2), ofDirection: true), Numbers(rows.Classes * 16, 3), Numbers(rows.Classes, 4));
    }
}
