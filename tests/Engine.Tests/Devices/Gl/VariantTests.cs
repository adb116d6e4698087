using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.RandomTensors;

namespace LiveCam.Engine.Tests.Devices.Gl;

/// <summary>All variants of every kernel that has more than one, over sizes at which tiles, quads and slices do not come out even.</summary>
[Collection(GlCollection.Name)]
public sealed class VariantTests(GlFixture fixture)
{
    [Theory]
    [InlineData(1, 20, 9, 11, 24, 3, 1, 1, 1, 1)]
    [InlineData(2, 7, 13, 5, 9, 3, 2, 1, 1, 1)]
    [InlineData(1, 3, 19, 17, 13, 7, 2, 3, 1, 1)]
    [InlineData(1, 33, 9, 15, 65, 1, 1, 0, 1, 1)]
    [InlineData(1, 12, 9, 8, 18, 3, 1, 2, 3, 2)]
    [InlineData(1, 10, 7, 9, 6, 2, 1, 1, 2, 1)]
    [InlineData(3, 1, 5, 5, 1, 5, 1, 4, 1, 1)]
    [InlineData(1, 70, 4, 4, 130, 3, 3, 0, 1, 1)]
    public void Convolutions_agree_with_the_cpu(int n, int c, int h, int w, int k, int kernel, int stride, int pad, int groups, int dilation) => fixture.Run(gl =>
    {
        var graph = new Graph();
        Value x = graph.Input("x", [n, c, h, w]);
        Value y = graph.Add(new Conv2d(kernel, stride, pad, dilation, groups), x,
            graph.Parameter("w", Uniform([k, c / groups, kernel, kernel], 1)), graph.Parameter("b", Uniform([k], 2)));
        Value sum = graph.Add(new Add(), y, graph.Add(new Tanh(), graph.Add(new Conv2d(kernel, stride, pad, dilation, groups), x,
            graph.Parameter("w2", Uniform([k, c / groups, kernel, kernel], 3)))));
        graph.Output("y", graph.Add(new LeakyRelu(0.1f), sum));
        List<string> names = GlCheck.Variants(gl, graph, c / groups * kernel * kernel + 16);
        Assert.Contains("tile L", names);
        Assert.Contains("plain", names);
        // Four slices of depth are the least that is worth splitting.
        Assert.Equal((c / groups + 3) / 4 * 4 * kernel * kernel > 48, names.Exists(name => name.Contains("split")));
    });

    [Theory]
    [InlineData(18, 9, 11, 3, 1, 1, 1)]
    [InlineData(32, 8, 7, 3, 2, 1, 1)]
    [InlineData(5, 13, 9, 5, 1, 2, 1)]
    [InlineData(8, 10, 10, 3, 1, 2, 2)]
    public void Depthwise_convolutions_agree_with_the_cpu(int c, int h, int w, int kernel, int stride, int pad, int dilation) => fixture.Run(gl =>
    {
        Graph graph = GlCheck.Single(new Conv2d(kernel, stride, pad, dilation, c), [[2, c, h, w]], Uniform([c, 1, kernel, kernel], 1), Uniform([c], 2));
        Assert.Contains("depthwise 4", GlCheck.Variants(gl, graph, kernel * kernel));
    });

    [Fact]
    public void Convolutions_over_one_and_three_axes_agree_with_the_cpu() => fixture.Run(gl =>
    {
        Graph line = GlCheck.Single(new Conv2d(new Window([3], [2], [2, 0], [1])), [[2, 5, 23]], Uniform([7, 5, 3], 1), Uniform([7], 2));
        GlCheck.Variants(gl, line, 15);
        Graph volume = GlCheck.Single(new Conv2d(new Window([2, 3, 3], [1, 2, 1], [1, 0, 1, 0, 2, 1], [1, 1, 2])), [[1, 6, 4, 7, 9]], Uniform([10, 6, 2, 3, 3], 1), Uniform([10], 2));
        GlCheck.Variants(gl, volume, 108);
    });

    [Theory]
    [InlineData(1, 64, 10, true)]
    [InlineData(1, 301, 67, false)]
    [InlineData(3, 130, 129, true)]
    [InlineData(37, 66, 35, false)]
    public void Fully_connected_layers_agree_with_the_cpu(int rows, int depth, int columns, bool transposed) => fixture.Run(gl =>
    {
        Graph graph = GlCheck.Single(new Gemm(0.5f, 2, false, transposed), [[rows, depth]],
            Uniform(transposed ? [columns, depth] : [depth, columns], 1), Uniform([columns], 2));
        List<string> whole = GlCheck.Variants(gl, graph, depth);
        // Blocks of 64 columns: the same again in slices.
        if (columns > 64)
            Assert.Equal(whole.Where(name => !name.Contains("split")), GlCheck.Variants(gl, graph, depth, (depth + 3) / 4 * 16 * 64).Where(name => !name.Contains("split")));
    });

    [Fact]
    public void Products_of_computed_matrices_agree_with_the_cpu() => fixture.Run(gl =>
    {
        Assert.Equal(["plain", "tile 64"], GlCheck.Variants(gl, GlCheck.Single(new Gemm(1, 0.5f, true, true), [[45, 70], [67, 45], [70, 1]]), 45));
        GlCheck.Variants(gl, GlCheck.Single(new Gemm(), [[9, 20]], Uniform([20, 12], 1), Uniform([9, 12], 2)), 20);
        GlCheck.Variants(gl, GlCheck.Single(new MatMul(), [[2, 1, 5, 19], [3, 19, 70]]), 19);
        GlCheck.Variants(gl, GlCheck.Single(new MatMul(), [[2, 3, 19]], Uniform([19, 33], 1)), 19);
        GlCheck.Variants(gl, GlCheck.Single(new MatMul(), [[19], [4, 19, 3]]), 19);
    });

    [Fact]
    public void Softmax_agrees_with_the_cpu() => fixture.Run(gl =>
    {
        GlCheck.Variants(gl, GlCheck.Single(new Softmax(), [[3, 1003]]), 1003);
        GlCheck.Variants(gl, GlCheck.Single(new LogSoftmax(1), [[2, 37, 5, 3]]), 37);
        GlCheck.Variants(gl, GlCheck.Single(new Softmax(1, Trailing: true), [[70, 2, 3]]), 6);
        // Without the largest subtracted, exp would overflow.
        var large = new Graph();
        large.Output("y", large.Add(new Softmax(), large.Add(new Mul(), large.Input("x", [2, 41]), large.Parameter("scale", Tensor.Scalar(1000f)))));
        GlCheck.Variants(gl, large, 64);
    });

    [Fact]
    public void Means_agree_with_the_cpu() => fixture.Run(gl =>
    {
        GlCheck.Variants(gl, GlCheck.Single(new GlobalAveragePool(), [[2, 19, 7, 9]]), 63);
        GlCheck.Variants(gl, GlCheck.Single(new GlobalMaxPool(), [[2, 33, 5, 5]]), 1);
        GlCheck.Variants(gl, GlCheck.Single(new ReduceMean(), [[3, 5, 7, 11]]), 1155);
        GlCheck.Variants(gl, GlCheck.Single(new ReduceMean(Keep: false), [[3, 5, 7, 11]], Tensor.Of<long>([2], 1, 3)), 55);
    });
}
