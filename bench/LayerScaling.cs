using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Bench;

/// <summary>The least time of every step on one thread and on several, taken in turns: where a network does not scale.</summary>
/// <remarks>The least of many runs is what a shared machine still tells: a core taken by somebody else spoils a median.</remarks>
internal static class LayerScaling
{
    private const int Turns = 20;

    public static void Run(string model, int threads, int runs, TextWriter output)
    {
        string network = Path.GetFileNameWithoutExtension(model);
        int[] shape = ZooFiles.Shape(network);
        using var single = new CpuDevice(1);
        using var several = new CpuDevice(threads);
        using Plan one = Compiled(single), many = Compiled(several);
        double[] alone = Endless(one), together = Endless(many);
        for (int turn = 0; turn < Turns; turn++)
        {
            Least(one, alone, runs / Turns + 1);
            Least(many, together, runs / Turns + 1);
        }
        output.WriteLine($"{"step",-24} {"output",-16} {"MFLOP",8} {"1 thread",9} {$"{threads} threads",9} ms  speed-up  GFLOP/s");
        for (int i = 0; i < alone.Length; i++)
        {
            PlanStep step = one.Steps[i];
            output.WriteLine($"{step.Name,-24} {step.Shape,-16} {step.Flop / 1e6,8:F2} {alone[i],9:F4} {together[i],9:F4}     {alone[i] / together[i],8:F2} {(step.Flop > 0 ? step.Flop / alone[i] / 1e6 : 0),8:F0}");
        }
        output.WriteLine($"{"sum",-24} {"",-16} {one.Steps.Sum(step => step.Flop) / 1e6,8:F2} {alone.Sum(),9:F4} {together.Sum(),9:F4}     {alone.Sum() / together.Sum(),8:F2}");

        Plan Compiled(CpuDevice device)
        {
            Plan plan = Compiler.Compile(OnnxImporter.Import(model).Graph, device);
            plan.Write(plan.Lowered.Graph.Inputs[0].Name, Tensor.Of<float>([1, .. shape], Measurement.Picture(shape[0] * shape[1] * shape[2])));
            return plan;
        }
    }

    private static double[] Endless(Plan plan)
    {
        var times = new double[plan.Steps.Count];
        Array.Fill(times, double.MaxValue);
        return times;
    }

    private static void Least(Plan plan, double[] least, int runs)
    {
        for (int run = 0; run < runs; run++)
        {
            plan.Measure();
            for (int i = 0; i < least.Length; i++) least[i] = Math.Min(least[i], plan.StepMilliseconds[i]);
        }
    }
}
