using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Loop;

/// <summary>One small classifier, its input in both orders of axes, on both devices.</summary>
public sealed class ClassifierTests
{
    private const int Height = 19, Width = 23, Classes = 21;

    [Fact]
    public void Pictures_reach_networks_that_want_channels_last()
    {
        using var device = new CpuDevice(threads: 1);
        Assert.Equal(Answer(device, PictureAxes.Nchw), Answer(device, PictureAxes.Nhwc));
    }

    [Fact]
    public void OpenGL_gives_the_answers_of_the_CPU()
    {
        using GlDevice gl = Gl();
        using var cpu = new CpuDevice(threads: 1);
        foreach (PictureAxes axes in (PictureAxes[])[PictureAxes.Nchw, PictureAxes.Nhwc])
        {
            Guess[] expected = Answer(cpu, axes), actual = Answer(gl, axes);
            Assert.Equal(expected.Select(guess => guess.Index), actual.Select(guess => guess.Index));
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second.Probability, pair.First.Probability - 1e-4f, pair.First.Probability + 1e-4f));
        }
    }

    [Fact]
    public void OpenGL_keeps_the_layer_of_the_CPU()
    {
        using GlDevice gl = Gl();
        using var cpu = new CpuDevice(threads: 1);
        // Preprocessing agrees within 1e-5 of full scale (5 after normalising); 27 taps of at most 1 each.
        const float tolerance = 27 * 5e-5f;
        Assert.All(Layer(cpu).Zip(Layer(gl)), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    [Fact]
    public void The_middle_layer_is_a_convolution()
    {
        using var device = new CpuDevice(threads: 1);
        using Classifier classifier = Classifier.Create(Model(PictureAxes.Nchw), device, "");
        Assert.Equal(("features", Shape.Create([1, Classes, Height, Width])), (classifier.Layer, classifier.LayerShape));
    }

    [Fact]
    public void Pictures_of_another_size_follow_each_other()
    {
        using var device = new CpuDevice(threads: 1);
        using Classifier classifier = Classifier.Create(Model(PictureAxes.Nchw), device);
        Guess[] first = Ask(classifier, Scratch.Pattern(64, 48));
        Ask(classifier, Scratch.Pattern(31, 77));
        Assert.Equal(first, Ask(classifier, Scratch.Pattern(64, 48)));
    }

    private static GlDevice Gl()
    {
        try
        {
            return new GlDevice(new GlThread(EglContext.Create()), cacheDirectory: null);
        }
        catch (LiveCamException reason)
        {
            throw Requirements.Missing("gl", reason.Message);
        }
    }

    private static Guess[] Answer(Device device, PictureAxes axes)
    {
        using Classifier classifier = Classifier.Create(Model(axes), device);
        return Ask(classifier, Scratch.Noise(50, 40, PixelFormat.Bgr8));
    }

    private static Guess[] Ask(Classifier classifier, Picture picture)
    {
        classifier.Run(picture);
        var top = new Guess[5];
        Assert.Equal(5, classifier.Rank(top));
        return top;
    }

    /// <summary>The kept layer, dense in N, C, H, W.</summary>
    private static float[] Layer(Device device)
    {
        using Classifier classifier = Classifier.Create(Model(PictureAxes.Nchw), device, "features");
        classifier.Run(Scratch.Noise(50, 40, PixelFormat.Bgr8));
        float[] buffer = [];
        ReadOnlySpan<float> values = classifier.ReadLayer(ref buffer, out MemoryFormat form);
        long[] strides = form.Strides;
        var dense = new float[Classes * Height * Width];
        for (int i = 0; i < dense.Length; i++)
            dense[i] = values[(int)(i / (Height * Width) * strides[1] + i / Width % Height * strides[2] + i % Width * strides[3])];
        return dense;
    }

    private static PictureModel Model(PictureAxes axes)
    {
        var random = new Random(3);
        var weights = new Tensor(ElementType.Float32, [Classes, 3, 3, 3]);
        foreach (ref float weight in weights.Span<float>()) weight = random.NextSingle() * 2 - 1;
        var graph = new Graph();
        bool last = axes == PictureAxes.Nhwc;
        Value picture = graph.Input("picture", last ? [1, Height, Width, 3] : [1, 3, Height, Width]);
        Value planes = last ? graph.Add(new Transpose([0, 3, 1, 2]), picture) : picture;
        Value features = graph.Add(new Conv2d(3, pad: 1), "features", 1, planes, graph.Parameter("weights", weights))[0];
        graph.Output("scores", graph.Add(new Flatten(), graph.Add(new GlobalAveragePool(), features)));
        return new()
        {
            Name = "small",
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = axes,
            Contract = Preprocessing.ImageNet with { Width = Width, Height = Height },
        };
    }
}
