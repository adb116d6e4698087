using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;

namespace LiveCam.Bench;

/// <summary>
/// Whole training steps on the CPU, as <c>livecam train</c> takes them: the forward pass with the loss, the backward pass, and the rest (norms, optimizer,
/// taking over the new weights and packing them for the next step). Networks and numbers of threads in turns, round by round, in one process.
/// </summary>
/// <remarks>The least of many runs, step by step, is what a shared machine still tells.</remarks>
internal sealed class TrainingSteps : IDisposable
{
    private const int LeastSteps = 15;

    /// <summary>Milliseconds of the parts of one step.</summary>
    private readonly record struct Parts(double Forward, double Backward, double Rest)
    {
        public double Whole => Forward + Backward + Rest;
    }

    private readonly string name;
    private readonly CpuDevice device;
    private readonly Plan plan;

    // Steps of the plan before which the backward pass begins, and the rest.
    private readonly int backward, rest;

    private TrainingSteps(string network, int batch, int size, int threads)
    {
        NetworkTable.TryFind(network, out NetworkFamily? family);
        Graph model = family!.Build(family.Usual with { Size = size, Classes = 10 });
        var training = new TrainingGraph(model, new() { Optimizer = new Sgd(1e-4f), LargestNorm = 10 });
        Shape pictures = [batch, family.Usual.Channels, size, size];
        device = new CpuDevice(threads);
        plan = Compiler.Compile(training.Graph, device, new()
        {
            InputShapes = new Dictionary<string, Shape> { [model.Inputs[0].Name] = pictures, [TrainingGraph.Target] = [batch, 10] },
        });
        plan.Write(model.Inputs[0].Name, Tensor.Of<float>(pictures, Measurement.Picture(pictures.ElementCount)));
        plan.Write(TrainingGraph.Target, Tensor.Of<float>([batch, 10], [.. Enumerable.Range(0, batch * 10).Select(i => i % 10 == i / 10 % 10 ? 1f : 0)]));
        plan.Write(TrainingGraph.Rate, Tensor.Scalar(1e-4f));
        name = $"{network}, batch {batch}, {size}x{size}, {threads} thread{(threads > 1 ? "s" : "")}";
        // The graph is forward, loss, gradients, norms, updates, and a plan keeps that order.
        Value loss = plan.Lowered.Find(TrainingGraph.Loss);
        backward = plan.Steps.Index().First(step => step.Item.Output == loss).Index + 1;
        rest = plan.Steps.Index().First(step => step.Item.Op == "SumOfSquares").Index;
    }

    public static void Run(int rounds, double seconds, TextWriter output)
    {
        TrainingSteps[] all = [.. from one in new[] { ("lenet5", 64, 32), ("resnet18", 8, 64) } from threads in new[] { 1, 2 } select new TrainingSteps(one.Item1, one.Item2, one.Item3, threads)];
        output.WriteLine(all[0].device.Description);
        output.WriteLine($"{"",-42} {"forward",16} {"backward",16} {"rest",8} {"step",8}");
        output.WriteLine($"{"",-42} {"ms",8} {"GFLOP/s",7} {"ms",8} {"GFLOP/s",7} {"ms",8} {"ms",8}   backward / forward: rate, time");
        var found = all.ToDictionary(one => one, _ => new List<Parts>());
        for (int round = 1; round <= rounds; round++)
            foreach (TrainingSteps one in all)
            {
                found[one].Add(one.Least(seconds));
                one.Write($"{one.name}, round {round}", found[one][^1], output);
            }
        foreach (TrainingSteps one in all)
        {
            double Middle(Func<Parts, double> part) => found[one].Select(part).Order().ElementAt(rounds / 2);
            one.Write($"{one.name}, middle", new(Middle(parts => parts.Forward), Middle(parts => parts.Backward), Middle(parts => parts.Rest)), output);
            one.Dispose();
        }
    }

    public void Dispose()
    {
        plan.Dispose();
        device.Dispose();
    }

    /// <summary>Steps for so many seconds; every step of the plan with the least time it took.</summary>
    private Parts Least(double seconds)
    {
        double[] least = [.. plan.Steps.Select(_ => double.MaxValue)];
        double besides = double.MaxValue;
        int steps = 0;
        for (long begin = Stopwatch.GetTimestamp(); steps < LeastSteps || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds; steps++)
        {
            long start = Stopwatch.GetTimestamp();
            plan.Measure();
            besides = Math.Min(besides, Stopwatch.GetElapsedTime(start).TotalMilliseconds - plan.StepMilliseconds.Sum());
            for (int i = 0; i < least.Length; i++) least[i] = Math.Min(least[i], plan.StepMilliseconds[i]);
        }
        return new(least[..backward].Sum(), least[backward..rest].Sum(), least[rest..].Sum() + besides);
    }

    private void Write(string title, Parts parts, TextWriter output)
    {
        double forward = plan.Steps.Take(backward).Sum(step => step.Flop) / parts.Forward / 1e6;
        double back = plan.Steps.Take(rest).Skip(backward).Sum(step => step.Flop) / parts.Backward / 1e6;
        output.WriteLine($"{title,-42} {parts.Forward,8:F3} {forward,7:F0} {parts.Backward,8:F3} {back,7:F0} {parts.Rest,8:F3} {parts.Whole,8:F3}   {back / forward:F2}, {parts.Backward / parts.Forward:F2}");
    }
}
