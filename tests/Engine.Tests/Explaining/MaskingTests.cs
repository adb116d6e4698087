using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Models;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Tests.Models;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Explaining;

/// <summary>Occlusion and RISE against brute force: the network run here on every masked picture, one by one.</summary>
[Collection(GlCollection.Name)]
public sealed class MaskingTests(GlFixture gl)
{
    private const int Size = 64, Target = 2;

    private static readonly Tensor Picture = RandomTensors.Uniform([1, 3, Size, Size], 3, 0, 1);

    [Fact]
    public void Occlusion_is_brute_force()
    {
        using var cpu = new CpuDevice(threads: 1);
        PictureModel model = Model();
        using Plan plan = Compiler.Compile(model.Graph, cpu, model.Compilation([]));
        double whole = Probability(plan, Picture);
        const int side = Size / 4, step = side / 2;
        double[] falls = new double[Size * Size], counts = new double[Size * Size];
        for (int top = 0; top + side <= Size; top += step)
            for (int left = 0; left + side <= Size; left += step)
            {
                bool Hides(int y, int x) => y >= top && y < top + side && x >= left && x < left + side;
                double fall = whole - Probability(plan, Masked((y, x) => Hides(y, x) ? 0 : 1));
                for (int i = 0; i < falls.Length; i++)
                    if (Hides(i / Size, i % Size)) (falls[i], counts[i]) = (falls[i] + fall, counts[i] + 1);
            }
        Check(new Occlusion(4), i => falls[i] / counts[i]);
    }

    [Fact]
    public void Rise_is_brute_force()
    {
        using var cpu = new CpuDevice(threads: 1);
        PictureModel model = Model();
        using Plan plan = Compiler.Compile(model.Graph, cpu, model.Compilation([]));
        var method = new Rise(40, Grid: 5);
        var sum = new double[Size * Size];
        for (int sample = 0; sample < 40; sample++)
        {
            float[] mask = method.Mask(sample, Size, Size);
            double probability = Probability(plan, Masked((y, x) => mask[y * Size + x]));
            for (int i = 0; i < sum.Length; i++) sum[i] += probability * mask[i];
        }
        Check(method, i => sum[i] / (40 * 0.5));
    }

    [Fact]
    public void Masks_of_rise_are_soft_and_see_half_of_the_picture()
    {
        float[] all = [.. Enumerable.Range(0, 200).SelectMany(sample => new Rise(1).Mask(sample, 50, 35))];
        Assert.All(all, value => Assert.InRange(value, 0, 1));
        Assert.Contains(all, value => value is > 0.2f and < 0.8f);
        Assert.Equal(0.5, all.Average(), 0.03);
    }

    private void Check(ExplainMethod method, Func<int, double> expected)
    {
        using var cpu = new CpuDevice(threads: 1);
        foreach (Device device in (ReadOnlySpan<Device>)[cpu, gl.Device])
        {
            using Explainer explainer = method.Prepare(new ExplainNetwork(Model()), device, ExplainTarget.Class(Target));
            explainer.Begin(Picture, ExplainTarget.Class(Target));
            explainer.Run();
            float[] map = explainer.Map().Values;
            double largest = Enumerable.Range(0, map.Length).Max(i => Math.Abs(expected(i)));
            Assert.True(largest > 1e-4);
            // Probabilities of a sum of some thousand products; a fall is the difference of two.
            for (int i = 0; i < map.Length; i++) Assert.Equal(expected(i), map[i], RandomTensors.Fp32(5000));
        }
    }

    private static PictureModel Model() => Model(SmallNetworks.Build("squeezenet1.1"), Size);

    private static PictureModel Model(Graphs.Graph graph, int size) => new()
    {
        Name = "small",
        Graph = graph,
        Input = graph.Inputs[0],
        Axes = PictureAxes.Nchw,
        // A gray of 127.5 is 0.
        Contract = new() { Width = size, Height = size, Channels = 3, Mean = new(0.5, 0.5, 0.5) },
    };

    private static Tensor Masked(Func<int, int, float> kept)
    {
        var tensor = new Tensor(ElementType.Float32, Picture.Shape);
        for (int i = 0; i < tensor.Count; i++) tensor.Span<float>()[i] = Picture.Span<float>()[i] * kept(i / Size % Size, i % Size);
        return tensor;
    }

    private static double Probability(Plan plan, Tensor input)
    {
        plan.Write(plan.Lowered.Graph.Inputs[0].Name, input);
        plan.Run();
        double[] scores = [.. plan.Read(plan.Lowered.Graph.Outputs[0].Name).Span<float>().ToArray().Select(score => Math.Exp(score))];
        return scores[Target] / scores.Sum();
    }
}
