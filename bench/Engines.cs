using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Bench;

/// <summary>The engines this program runs in its own process.</summary>
internal static class Engines
{
    public const string LiveCam = "livecam", OnnxRuntime = "onnxruntime", OpenCv = "opencv";

    public static Measurement Measure(string engine, string model, int threads, double seconds, bool exact)
    {
        string network = Path.GetFileNameWithoutExtension(model);
        int[] shape = ZooFiles.Shape(network);
        int classes = ZooFiles.Family(network).Usual.Classes;
        if (engine == OnnxRuntime)
        {
            var session = new OnnxRuntime(model, threads, shape, classes);
            return Measurement.Take(engine, network, threads, seconds, session.Run, session.Output);
        }
        using var device = new CpuDevice(threads) { Exact = exact };
        using Plan plan = Compiler.Compile(OnnxImporter.Import(model).Graph, device);
        plan.Write(plan.Lowered.Graph.Inputs[0].Name, Tensor.Of<float>([1, .. shape], Measurement.Picture(shape[0] * shape[1] * shape[2])));
        return Measurement.Take(engine, network, threads, seconds, plan.Run, () => plan.Read(plan.Lowered.Graph.Outputs[0].Value).Span<float>().ToArray());
    }
}
