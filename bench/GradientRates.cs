using System.Diagnostics;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Bench;

/// <summary>
/// A convolution's forward pass beside its two backward ones, layer by layer: each a plan of one step, the three in turns in one process.
/// </summary>
/// <remarks>The least of many runs is what a shared machine still tells. Weights are packed before, as a pass of a training step finds them.</remarks>
internal static class GradientRates
{
    private const int Turns = 12;
    private const double TurnSeconds = 0.02;

    /// <summary>A layer: how often a network has it, input, weights and the operation.</summary>
    /// <param name="First">The first of its network: nobody asks for the gradient of its input.</param>
    private sealed record Layer(string Name, int Times, Shape X, Shape W, Conv2d Op, bool First = false);

    private static Layer Of(string name, int times, int n, int c, int size, int k, int kernel, int stride, int pad, bool first = false) =>
        new(name, times, [n, c, size, size], [k, c, kernel, kernel], new Conv2d(kernel, stride, pad), first);

    private static readonly (string Name, Layer[] Layers)[] Networks =
    [
        ("LeNet-5, batch 64", [Of("conv1", 1, 64, 1, 28, 6, 5, 1, 2, first: true), Of("conv2", 1, 64, 6, 14, 16, 5, 1, 0)]),
        ("ResNet-18, batch 8, 64x64",
        [
            Of("conv1", 1, 8, 3, 64, 64, 7, 2, 3, first: true),
            Of("layer1", 4, 8, 64, 16, 64, 3, 1, 1),
            Of("layer2.0 stride 2", 1, 8, 64, 16, 128, 3, 2, 1), Of("layer2.0 shortcut", 1, 8, 64, 16, 128, 1, 2, 0), Of("layer2", 3, 8, 128, 8, 128, 3, 1, 1),
            Of("layer3.0 stride 2", 1, 8, 128, 8, 256, 3, 2, 1), Of("layer3.0 shortcut", 1, 8, 128, 8, 256, 1, 2, 0), Of("layer3", 3, 8, 256, 4, 256, 3, 1, 1),
            Of("layer4.0 stride 2", 1, 8, 256, 4, 512, 3, 2, 1), Of("layer4.0 shortcut", 1, 8, 256, 4, 512, 1, 2, 0), Of("layer4", 3, 8, 512, 2, 512, 3, 1, 1),
        ]),
    ];

    public static void Run(int threads, TextWriter output)
    {
        using var device = new CpuDevice(threads);
        output.WriteLine(device.Description);
        foreach ((string name, Layer[] layers) in Networks)
        {
            output.WriteLine($"{name,-26} {"MFLOP",8} {"forward",9} {"to input",9} {"to weights",11} GFLOP/s   backward / forward");
            double work = 0, forward = 0, backWork = 0, back = 0;
            foreach (Layer layer in layers)
            {
                (double flop, double[] seconds) = Least(device, layer);
                double layerBack = (layer.First ? 0 : seconds[1]) + seconds[2], layerWork = layer.First ? flop : 2 * flop;
                output.WriteLine($"  {layer.Name,-24} {flop / 1e6,8:F2} {flop / seconds[0] / 1e9,9:F0} {flop / seconds[1] / 1e9,9:F0} {flop / seconds[2] / 1e9,11:F0}"
                    + $"           {layerWork / layerBack / (flop / seconds[0]),8:F2}");
                work += layer.Times * flop;
                forward += layer.Times * seconds[0];
                backWork += layer.Times * layerWork;
                back += layer.Times * layerBack;
            }
            output.WriteLine($"  {"all",-24} {work / 1e6,8:F2} {work / forward / 1e9,9:F0} {"backward",9} {backWork / back / 1e9,11:F0}           {backWork / back / (work / forward),8:F2}");
        }
    }

    private static (double Flop, double[] Seconds) Least(CpuDevice device, Layer layer)
    {
        using Plan forward = Compile(device, layer, (graph, x, w, _) => graph.Add(layer.Op, x, w), out Shape y);
        using Plan toInput = Compile(device, layer, (graph, x, w, dy) => graph.Add(new Conv2dInputGradient(layer.Op.Window), dy, w, x), out _, y);
        using Plan toWeights = Compile(device, layer, (graph, x, w, dy) => graph.Add(new Conv2dWeightGradient(layer.Op.Window), dy, x, w), out _, y);
        Plan[] plans = [forward, toInput, toWeights];
        double[] least = [double.MaxValue, double.MaxValue, double.MaxValue];
        for (int turn = 0; turn < Turns; turn++)
            for (int i = 0; i < plans.Length; i++)
                for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalSeconds < TurnSeconds;)
                {
                    long start = Stopwatch.GetTimestamp();
                    plans[i].Run();
                    least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
        return (forward.Steps.Sum(step => step.Flop), least);
    }

    private static Plan Compile(CpuDevice device, Layer layer, Func<Graph, Value, Value, Value, Value> add, out Shape output, Shape? gradient = null)
    {
        var graph = new Graph();
        Value x = graph.Input("x", layer.X), w = graph.Parameter("w", Random(layer.W));
        Value dy = gradient is { } shape ? graph.Input("dy", shape) : Value.None;
        graph.Output("y", add(graph, x, w, dy));
        Plan plan = LiveCam.Engine.Compiler.Compile(graph, device, new() { Exact = true });
        plan.Write("x", Random(layer.X));
        if (gradient is { } given)
            plan.Write("dy", Random(given));
        output = plan.Lowered[plan.Lowered.Find("y")].Shape;
        return plan;
    }

    private static Tensor Random(Shape shape) => Tensor.Of<float>(shape, Measurement.Picture(shape.ElementCount));
}
