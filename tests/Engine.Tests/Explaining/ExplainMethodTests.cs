using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;

namespace LiveCam.Engine.Tests.Explaining;

/// <summary>Every method on networks worked out by hand (<see cref="PaperNetwork"/>), on both devices.</summary>
[Collection(GlCollection.Name)]
public sealed class ExplainMethodTests(GlFixture gl)
{
    // Sums of at most eight products, a few times one behind the other.
    private static readonly double Allowed = RandomTensors.Fp32(64) * 5;

    /// <summary>Of score 0: A = (1, 0, 0.5, 2), B = (1, 0, 0, 3), and its gradients dA = (1, 2, 0, -1), dB = (0, 0, 1, 1).</summary>
    public static TheoryData<string, double[]> ByHand => new()
    {
        // Both gradients have the mean 1/2.
        { "grad-cam", [1, 0, 0.25, 2.5] },
        { "hires-cam", [1, 0, 0, 1] },
        { "layer-cam", [1, 0, 0, 3] },
        // -1/3.5 A + 3/4 B
        { "xgrad-cam", [0.75 - 2 / 7.0, 0, 0, 2.25 - 4 / 7.0] },
        // Weights 1/5.5 + 2 4/36 and 2/6.
        { "grad-cam++", [1 / 5.5 + 2 / 9.0 + 1 / 3.0, 0, (1 / 5.5 + 2 / 9.0) / 2, 2 * (1 / 5.5 + 2 / 9.0) + 1] },
        // The first eigenvector of ((5.25, 7), (7, 10)).
        { "eigen-cam", [1.395342, 0, 0.291270, 3.603487] },
        // Without A the score is 3, without B -1: weights (2 - 3) / 2 and (2 + 1) / 2.
        { "ablation-cam", [1, 0, 0, 3.5] },
        // Behind A / 2 the score is 1.5, behind B / 3 it is 4/3: weights 1 / (1 + exp(-1/6)) and the rest.
        { "score-cam", [1, 0, 0.5 * 0.5415704, 2 * 0.5415704 + 3 * 0.4584296] },
        // 1 where x > 0 from dA, 2 where 2 x > 1 from dB.
        { "input-gradient", [1, 0, 0, 1] },
        { "gradient-x-input", [1, 0, 0, 2] },
        { "guided-backprop", [1, 0, 0, 2] },
        { "deconvnet", [1, 2, 2, 2] },
        { "guided-grad-cam", [1, 0, 0, 5] },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Maps_are_what_paper_says(string method, double[] expected)
    {
        foreach (Device device in Devices())
            AssertClose(expected, Explain(PaperNetwork.Flat(), ExplainMethods.Find(method), ExplainTarget.Class(0), device));
    }

    /// <summary>Of score 0 less score 1: dB = (-1, -1, 0, 0), with the mean -1/2.</summary>
    [Fact]
    public void Contrast_tells_two_classes_apart_with_its_sign()
    {
        foreach (Device device in Devices())
            AssertClose([0, 0, 0.25, -0.5], Explain(PaperNetwork.Flat(), new Contrast(), ExplainTarget.Class(0) with { Against = 1 }, device));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cam_adds_up_to_the_score(bool keepsAxes)
    {
        foreach (Device device in Devices())
        {
            AssertClose([0, 0, 0.5, -1], Explain(PaperNetwork.Pooled(keepsAxes), new Cam(), ExplainTarget.Class(0), device));
            AssertClose([1, 0, 0, 3], Explain(PaperNetwork.Pooled(keepsAxes), new Cam(), ExplainTarget.Class(1), device));
        }
    }

    [Fact]
    public void Cam_says_what_it_needs() =>
        Assert.Contains("global average pooling", Assert.Throws<LiveCamException>(() => Explain(PaperNetwork.Flat(), new Cam(), ExplainTarget.Class(0), Cpu())).Message);

    [Fact]
    public void Smoothgrad_without_noise_is_the_gradient()
    {
        foreach (Device device in Devices())
            AssertClose([1, 0, 0, 1], Explain(PaperNetwork.Flat(), new SmoothGrad(4, Noise: 0), ExplainTarget.Class(0), device));
    }

    /// <summary>Noise as wide as the picture reaches both sides of the kinks: gradients between those of either side.</summary>
    [Fact]
    public void Smoothgrad_is_the_mean_over_noise()
    {
        float[] map = Explain(PaperNetwork.Flat(), new SmoothGrad(500, Noise: 1), ExplainTarget.Class(0), Cpu());
        // At x = 0 with deviation 2: dA = 2 and dB = 0 come through where the noise is above 0.
        Assert.Equal(2 * 0.5, map[1], 0.15);
    }

    /// <summary>From black, x = -127.5, to x along a line: what is above a kink counts for the part of the way behind it.</summary>
    [Fact]
    public void Integrated_gradients_add_up_to_the_difference_of_scores()
    {
        foreach (Device device in Devices())
        {
            using Explainer explainer = Prepared(PaperNetwork.Flat(), new IntegratedGradients(4096), ExplainTarget.Class(0), device);
            // A by x, B by 2 x - 1; the black picture's score is 0, so each place gives what it adds to the score.
            AssertWithin([1, 0, 0, 1], explainer.Map().Values, 0.1);
            Assert.True(((ICompleteness)explainer).CompletenessError < 0.03, $"{((ICompleteness)explainer).CompletenessError}");
        }
    }

    [Fact]
    public void A_channel_and_one_unit_are_targets()
    {
        ExplainNetwork network = PaperNetwork.Flat();
        string layer = network.Model.Graph.NameOf(network.Model.Graph.Nodes[1].Outputs[0]);
        foreach (Device device in Devices())
        {
            AssertClose([0.5, 0, 0, 0.5], Explain(network, new InputGradient(), ExplainTarget.Channel(layer, 1), device));
            AssertClose([0, 0, 0, 2], Explain(network, new InputGradient(), ExplainTarget.Channel(layer, 1) with { Place = (1, 1) }, device));
        }
    }

    private IEnumerable<Device> Devices() => [Cpu(), gl.Device];

    private static CpuDevice Cpu() => new(threads: 1);

    private static Explainer Prepared(ExplainNetwork network, ExplainMethod method, ExplainTarget target, Device device)
    {
        Explainer explainer = method.Prepare(network, device, target);
        explainer.Begin(PaperNetwork.Picture, target);
        explainer.Run();
        return explainer;
    }

    private static float[] Explain(ExplainNetwork network, ExplainMethod method, ExplainTarget target, Device device)
    {
        using Explainer explainer = Prepared(network, method, target, device);
        return explainer.Map().Values;
    }

    private static void AssertClose(double[] expected, float[] actual) => AssertWithin(expected, actual, Allowed);

    private static void AssertWithin(double[] expected, float[] actual, double allowed)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, allowed));
    }
}
