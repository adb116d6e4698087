using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>
/// Real models with random damage. Whatever the damage, the model is refused in one sentence or runs, within the memory and
/// the time a model of that kind may take. 10,000 cases of models and 20,000 of single nodes with LIVECAM_TEST_ALL=1, else 400 and 560; a failure names its model and seed.
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
        int[] structure = StructureOf(good);
        for (int seed = 0; seed < cases; seed++)
        {
            byte[] bad = Damage(good, structure, new Random(seed));
            (Exception? error, TimeSpan time, long memory) = Measure(() => Run(bad, device, constants));
            if (time > MaxTime)
                (error, time, memory) = Measure(() => Run(bad, device, constants));
            if (error is not null and not LiveCamException)
                Assert.Fail($"{name}, seed {seed}: {error}");
            Assert.True(time <= MaxTime, $"{name}, seed {seed}: took {time.TotalSeconds:F1} s twice");
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

    /// <summary>1 to 8 changes, three quarters of them outside the weights' elements: bits, bytes, runs, copies, a cut.</summary>
    internal static byte[] Damage(byte[] good, int[] structure, Random random)
    {
        byte[] bad = [.. good];
        for (int change = random.Next(1, good.Length < 4000 ? 3 : 9); change > 0; change--)
        {
            int at = random.Next(4) > 0 ? structure[random.Next(structure.Length)] : random.Next(bad.Length);
            if (at >= bad.Length)
                continue;
            switch (random.Next(8))
            {
                case 0:
                    bad[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bad[at] = (byte)(random.Next(2) * 0xff);
                    break;
                case 2:
                    int run = Math.Min(random.Next(1, 12), bad.Length - at);
                    random.NextBytes(bad.AsSpan(at, run));
                    break;
                case 3:
                    int from = structure[random.Next(structure.Length)];
                    int length = Math.Min(random.Next(1, 40), bad.Length - Math.Max(at, from));
                    if (length > 0)
                        Array.Copy(bad, from, bad, at, length);
                    break;
                case 4 when random.Next(8) == 0:
                    bad = bad[..at];
                    break;
                default:
                    bad[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
            if (bad.Length == 0)
                return [0];
        }
        return bad;
    }

    /// <summary>Positions that are no element of a weight: where damage changes more than a number.</summary>
    internal static int[] StructureOf(byte[] model)
    {
        var isWeight = new bool[model.Length];
        foreach (TensorProto weight in ModelProto.Parser.ParseFrom(model).Graph.Initializer)
        {
            ReadOnlySpan<byte> elements = weight.RawData.Length > 0 ? weight.RawData.Span : MemoryMarshal.AsBytes<float>(weight.FloatData.ToArray());
            int at = elements.Length > 64 ? model.AsSpan().IndexOf(elements) : -1;
            if (at >= 0)
                isWeight.AsSpan(at, elements.Length).Fill(true);
        }
        return [.. Enumerable.Range(0, model.Length).Where(x => !isWeight[x])];
    }
}
