using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Bench;

/// <summary>What a step costs beyond its arithmetic: chains of steps over sixteen numbers.</summary>
internal static class StepCost
{
    private const int Short = 8, Long = 264, Runs = 2000, Repeats = 25;

    public static void Run(TextWriter output)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using var device = new CpuDevice(threads);
            output.WriteLine($"{device.Description}");
            output.WriteLine($"  element-wise step   {Slope(device, (graph, x) => graph.Add(new Tanh(), x)):F3} us");
            output.WriteLine($"  1x1 convolution     {Slope(device, (graph, x) => graph.Add(new Conv2d(1), x, Weights(graph))):F3} us");
            output.WriteLine($"  3x3 max pooling     {Slope(device, (graph, x) => graph.Add(new MaxPool(Window.Square(3, 1, 1, 1)), x)):F3} us");
        }
    }

    /// <summary>Microseconds a step, from the difference of a long and a short chain.</summary>
    private static double Slope(CpuDevice device, Func<Graph, Value, Value> step)
    {
        using Plan shorter = Chain(device, Short, step), longer = Chain(device, Long, step);
        double best = double.MaxValue;
        for (int repeat = 0; repeat < Repeats; repeat++) best = Math.Min(best, Time(longer) - Time(shorter));
        return best / (Long - Short);
    }

    private static Value Weights(Graph graph) => graph.TryFind("weights", out Value known) ? known : graph.Parameter("weights", Tensor.Of<float>([4, 4, 1, 1], new float[16]));

    private static Plan Chain(CpuDevice device, int length, Func<Graph, Value, Value> step)
    {
        var graph = new Graph();
        Value x = graph.Input("x", ElementType.Float32, [1, 4, 2, 2]);
        for (int i = 0; i < length; i++) x = step(graph, x);
        graph.Output("y", x);
        return Compiler.Compile(graph, device);
    }

    private static double Time(Plan plan)
    {
        double best = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            plan.Run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        return best;
    }
}
