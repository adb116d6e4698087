using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Models;

/// <summary>Real networks give what onnxruntime gave for the same inputs.</summary>
[Collection(GlCollection.Name)]
public sealed class ExpectedOutputTests(GlFixture gl)
{
    /// <summary>Two float32 programs that add in different orders: the project's promise for whole networks.</summary>
    private const double Tolerance = 1e-4;

    private static bool All => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1";

    private static readonly string[] Small = ["mnist-8", "mnist-opt", "resnet8-cifar10", "resnet20-cifar10", "vww-person-96"];

    private static readonly string[] Large =
        ["emotion-mini-xception", "mobilenetv1-0.25-128", "mobilenetv2-1.0-224", "mobilenetv2-features", "squeezenet1.1-7", "ultraface-rfb-320"];

    private static readonly string[] Light = ["bvlc_alexnet", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19"];

    public static TheoryData<string> Folders =>
        [.. Small.Concat(Large).Select(name => $"models/{name}"), .. Light.Select(name => $"onnx-light/light_{name}")];

    /// <summary>What a software renderer runs in seconds.</summary>
    public static TheoryData<string> OnOpenGL => [.. (All ? Small.Concat(Large) : Small).Select(name => $"models/{name}")];

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_cpu_gives_the_expected_outputs(string folder)
    {
        using var device = new CpuDevice(threads: 2);
        Check(folder, device);
    }

    [Theory]
    [MemberData(nameof(OnOpenGL))]
    public void OpenGL_gives_the_expected_outputs(string folder) => Check(folder, gl.Device);

    private static void Check(string folder, Device device)
    {
        TestData data = TestData.Read(folder);
        Assert.NotEmpty(data.Sets);
        foreach ((Tensor[] inputs, Tensor[] outputs) in data.Sets)
        {
            using Plan plan = Compiler.Compile(data.Graph, device, new() { InputShapes = data.Shapes(inputs) });
            Assert.Equal(0, plan.HostOps);
            data.Write(plan, inputs);
            plan.Run();
            Assert.Equal(data.Graph.Outputs.Count, outputs.Length);
            foreach (((string name, _), Tensor expected) in data.Graph.Outputs.Zip(outputs))
            {
                Tensor actual = plan.Read(name);
                Assert.Null(OpRunner.Difference(actual, Doubles.From(expected), Tolerance));
                // The light networks' scores are all the same.
                if (expected.Shape.Rank == 2 && !folder.Contains("light"))
                    Assert.Equal(TestData.TopFive(expected), TestData.TopFive(actual));
            }
        }
    }
}
