using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>
/// Real models with random damage. Whatever the damage, the model is refused in one sentence or runs, within the memory and
/// the time a model of that kind may take. 10,000 cases with LIVECAM_TEST_ALL=1, else 400; a failure names its model and seed.
/// </summary>
public class FuzzTests
{
    private const long MaxMemory = 512L << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private static readonly ImportLimits Limits = new() { MaxMemory = MaxMemory };

    private static int Cases => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") == "1" ? 2000 : 80;

    [Theory]
    [InlineData("mnist-8")]
    [InlineData("mnist-opt")]
    [InlineData("resnet8-cifar10")]
    [InlineData("vww-person-96")]
    [InlineData("emotion-mini-xception")]
    public void A_damaged_model_is_refused_or_runs(string name)
    {
        byte[] good = File.ReadAllBytes(Requirements.Data($"models/{name}/model.onnx"));
        int[] structure = StructureOf(good);
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] bad = Damage(good, structure, new Random(seed));
            (Exception? error, TimeSpan time, long memory) = Measure(() => Run(bad));
            if (time > MaxTime)
                (error, time, memory) = Measure(() => Run(bad));
            if (error is not null and not LiveCamException)
                Assert.Fail($"{name}, seed {seed}: {error}");
            Assert.True(time <= MaxTime, $"{name}, seed {seed}: took {time.TotalSeconds:F1} s twice");
            Assert.True(memory <= MaxMemory, $"{name}, seed {seed}: took {memory >> 20} MB");
            Assert.DoesNotContain('\n', error?.Message ?? "");
        }
    }

    private static void Run(byte[] model)
    {
        var problems = new ModelProblems();
        OnnxImporter.Read(model, "damaged.onnx", Limits, ModelBuilder.AnyOperation, problems);
    }

    private static (Exception? Error, TimeSpan Time, long Memory) Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        Exception? error = Record.Exception(action);
        return (error, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>1 to 8 changes, three quarters of them outside the weights' elements: bits, bytes, runs, copies, a cut.</summary>
    private static byte[] Damage(byte[] good, int[] structure, Random random)
    {
        byte[] bad = [.. good];
        for (int change = random.Next(1, 9); change > 0; change--)
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
    private static int[] StructureOf(byte[] model)
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
