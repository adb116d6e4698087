using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Bench;

/// <summary>Networks on the GL device at batch 1: latency of single runs, device time by timestamps, and runs issued without a wait.</summary>
internal static unsafe class GlNetworks
{
    public static void Run(string folder, string[] networks, int runs, TextWriter output)
    {
        using var device = new GlDevice(new GlThread(EglContext.Create()), ProgramCache.DefaultDirectory);
        output.WriteLine(device.Description);
        output.WriteLine($"| network | GFLOP | median of {runs}, ms | min | p99 | GPU busy | GFLOP/s of GPU time | without waits, ms |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (string network in networks)
        {
            using Plan plan = Compiler.Compile(OnnxImporter.Import(ZooFiles.Write(folder, network)).Graph, device);
            int[] shape = ZooFiles.Shape(network);
            plan.Write(plan.Lowered.Graph.Inputs[0].Name, Tensor.Of<float>([1, .. shape], Measurement.Picture(shape[0] * shape[1] * shape[2])));
            device.Invoke(() => output.WriteLine(Row(network, device.Gl, plan, runs)));
        }
    }

    private static string Row(string network, GL gl, Plan plan, int runs)
    {
        int warmUps = Math.Min(runs, 10);
        for (int i = 0; i < warmUps; i++) plan.Run();
        gl.Finish();
        uint* queries = stackalloc uint[2];
        gl.GenQueries(2, queries);
        var wall = new double[runs];
        var busy = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            gl.QueryCounter(queries[0], GLEnum.Timestamp);
            plan.Run();
            gl.QueryCounter(queries[1], GLEnum.Timestamp);
            gl.Finish();
            wall[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            gl.GetQueryObject(queries[0], GLEnum.QueryResult, out ulong begin);
            gl.GetQueryObject(queries[1], GLEnum.QueryResult, out ulong end);
            busy[i] = (end - begin) * 1e-6 / wall[i];
        }
        gl.DeleteQueries(2, queries);
        long streamed = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++) plan.Run();
        gl.Finish();
        double free = Stopwatch.GetElapsedTime(streamed).TotalMilliseconds / runs;

        Array.Sort(wall);
        Array.Sort(busy);
        double gflop = plan.Steps.Sum(step => step.Flop) / 1e9, median = wall[runs / 2], share = busy[runs / 2];
        return $"| {network} | {gflop:F2} | {median:F3} | {wall[0]:F3} | {wall[Math.Min(runs - 1, runs * 99 / 100)]:F3} | {share:P0} | {gflop / (median * share) * 1e3:F0} | {free:F3} |";
    }
}
