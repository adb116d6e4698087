using System.Diagnostics;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>
/// Real models with random damage. Whatever the damage, the model is refused in one sentence or runs, within the memory and
/// the time a model of that kind may take. 10,000 cases of models and 22,000 of single nodes with LIVECAM_TEST_ALL=1, else 400
/// and 560; a failure names its model and seed.
/// </summary>
public class FuzzTests
{
    private const long MaxMemory = 512L << 20;
    private const long MaxFlop = 2_000_000_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private static readonly ImportLimits Limits = new() { MaxMemory = MaxMemory };
    private static readonly CompileOptions Options = new() { MemoryLimit = MaxMemory, FlopLimit = MaxFlop };

    private static bool Full => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") == "1";

    [Theory]
    [InlineData("mnist-8")]
    [InlineData("mnist-opt")]
    [InlineData("resnet8-cifar10")]
    [InlineData("vww-person-96")]
    [InlineData("emotion-mini-xception")]
    public void A_damaged_model_is_refused_or_runs(string name)
    {
        byte[] good = File.ReadAllBytes(Requirements.Data($"models/{name}/model.onnx"));
        using var device = new CpuDevice(threads: 1);
        Run(good, device);
        Fuzz(name, good, Full ? 2000 : 80, device);
    }

    /// <summary>Small files that are nearly all structure, one operator each: the damage reaches every attribute.</summary>
    [Theory]
    [InlineData("node-opset8")]
    [InlineData("node-opset12")]
    [InlineData("node-opset21")]
    [InlineData("pytorch-converted")]
    [InlineData("pytorch-operator")]
    public void A_damaged_node_is_refused_or_runs(string suite)
    {
        using var device = new CpuDevice(threads: 1);
        foreach (string file in Directory.EnumerateFiles(Requirements.Data($"onnx-node/{suite}"), "model.onnx", SearchOption.AllDirectories))
            Fuzz(Path.GetRelativePath(Requirements.Data("onnx-node"), file), File.ReadAllBytes(file), Full ? 40 : 1, device, LaterInputs(file));
    }

    /// <summary>The case's inputs but the first, as constants: most hold axes, shapes or weights.</summary>
    internal static Dictionary<string, Tensor> LaterInputs(string model)
    {
        var constants = new Dictionary<string, Tensor>();
        string[] names = [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(model)).Graph.Input.Select(x => x.Name)];
        for (int i = 1; i < names.Length; i++)
            if (Path.Combine(Path.GetDirectoryName(model)!, "test_data_set_0", $"input_{i}.pb") is var file && File.Exists(file))
                constants[names[i]] = OnnxTensor.Read(file);
        return constants;
    }

    private static void Fuzz(string name, byte[] good, int cases, CpuDevice device, IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        int[] structure = Damage.StructureOf(good);
        for (int seed = 0; seed < cases; seed++)
        {
            var random = new Random(seed ^ good.Length << 12);
            byte[] bad = random.Next(2) == 0 ? Damage.Bytes(good, structure, random) : Damage.Meaning(good, random);
            IReadOnlyDictionary<string, Tensor>? fixedInputs = constants is null ? null : Damage.Constants(constants, random);
            (Exception? error, TimeSpan time, long memory) = Measure(() => Run(bad, device, fixedInputs));
            for (int again = 0; again < 4 && time > MaxTime; again++)
                (error, time, memory) = Measure(() => Run(bad, device, fixedInputs));
            if (error is not null and not LiveCamException)
                Assert.Fail($"{name}, seed {seed}: {error}");
            Assert.True(time <= MaxTime, $"{name}, seed {seed}: took {time.TotalSeconds:F1} s in the best of five runs");
            Assert.True(memory <= MaxMemory, $"{name}, seed {seed}: took {memory >> 20} MB");
            Assert.DoesNotContain('\n', error?.Message ?? "");
        }
    }

    internal static void Run(byte[] model, CpuDevice device, IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        OnnxModel imported = OnnxImporter.Import(model, "damaged.onnx", Limits, constants);
        using Plan plan = Compiler.Compile(imported.Graph, device, Options);
        plan.Run();
    }

    internal static (Exception? Error, TimeSpan Time, long Memory) Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        Exception? error = Record.Exception(action);
        return (error, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
