using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Models;

/// <summary>The forms of convolution and pooling of the lectures against their definitions in double precision.</summary>
public sealed class LayerFormTests
{
    private const int Rows = 6, Columns = 7;

    private static readonly Tensor Picture = RandomTensors.Uniform([1, 2, Rows, Columns], 11);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_convolution_is_the_product_with_its_banded_matrix(bool isFlipped)
    {
        Tensor picture = RandomTensors.Uniform([1, 1, Rows, Columns], 3), kernel = RandomTensors.Uniform([1, 1, 3, 2], 4);
        Doubles matrix = BandedMatrix.Of(Doubles.From(kernel).Reshaped([3, 2]), Rows, Columns, isFlipped);
        Tensor result = Run(picture, (graph, x) => graph.Convolve("conv", x, new Parameter("w", kernel), Value.None, isFlipped: isFlipped));
        Close(BandedMatrix.Times(matrix, Doubles.From(picture).Data), result, terms: 6);
    }

    public static TheoryData<string, string, bool> Forms
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (Border border in Enum.GetValues<Border>())
                foreach (Surround surround in Enum.GetValues<Surround>())
                    data.Add($"{border}", $"{surround}", (border == Border.Full) == (surround == Surround.Zero));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_border_and_surround_is_what_its_name_says(string borderName, string surroundName, bool isFlipped)
    {
        (Border border, Surround surround) = (Enum.Parse<Border>(borderName), Enum.Parse<Surround>(surroundName));
        Tensor weights = RandomTensors.Uniform([3, 2, 3, 4], 5), bias = RandomTensors.Uniform([3], 6);
        Tensor result = Run(Picture, (graph, x) => graph.Convolve("conv", x, new Parameter("w", weights), graph.Parameter("b", bias), border, surround, isFlipped, constant: 0.5f));
        Doubles x = Doubles.From(Picture), w = Doubles.From(weights);
        int[] before = border switch { Border.Valid => [0, 0], Border.Full => [2, 3], Border.SameUpper => [1, 1], _ => [1, 2] };
        int[] extents = border switch { Border.Valid => [Rows - 2, Columns - 3], Border.Full => [Rows + 2, Columns + 3], _ => [Rows, Columns] };
        Assert.Equal([1, 3, .. extents], result.Shape);
        Doubles expected = Doubles.Of(result.Shape, at =>
        {
            double sum = bias.Span<float>()[at[1]];
            for (int c = 0; c < 2; c++)
                for (int r = 0; r < 3; r++)
                    for (int s = 0; s < 4; s++)
                        sum += w[isFlipped ? [at[1], c, 2 - r, 3 - s] : [at[1], c, r, s]] * At(x, c, at[2] + r - before[0], at[3] + s - before[1], surround);
            return sum;
        });
        Close(expected.Data, result, terms: 26);
    }

    [Fact]
    public void A_sum_pool_adds_up_its_window()
    {
        Tensor result = Run(Picture, (graph, x) => graph.SumPool("pool", x, Window.Square(2, 2)));
        Doubles x = Doubles.From(Picture);
        Close(Doubles.Of(result.Shape, at => Enumerable.Range(0, 4).Sum(i => x[[0, at[1], 2 * at[2] + i / 2, 2 * at[3] + i % 2]])).Data, result, terms: 4);
    }

    [Fact]
    public void A_weighted_pool_weighs_every_place_of_its_window()
    {
        float[] weights = [0.5f, 0.25f, -1, 2];
        Tensor result = Run(Picture, (graph, x) => graph.WeightedPool("pool", x, Window.Square(2, 1), weights, channels: 2));
        Doubles x = Doubles.From(Picture);
        Close(Doubles.Of(result.Shape, at => Enumerable.Range(0, 4).Sum(i => weights[i] * x[[0, at[1], at[2] + i / 2, at[3] + i % 2]])).Data, result, terms: 4);
    }

    [Fact]
    public void An_attention_pool_weighs_positions_by_the_softmax_of_their_scores()
    {
        Tensor scores = RandomTensors.Uniform([1, 1, Rows, Columns], 9);
        Tensor result = Run(Picture, (graph, x) => graph.AttentionPool("pool", x, graph.Parameter("scores", scores)));
        double[] weights = [.. Doubles.From(scores).Data.Select(Math.Exp)];
        double[] picture = Doubles.From(Picture).Data;
        Assert.Equal([1, 2], result.Shape);
        Close([.. Enumerable.Range(0, 2).Select(c => weights.Zip(picture[(c * Rows * Columns)..]).Sum(pair => pair.First * pair.Second) / weights.Sum())], result, terms: 2 * Rows * Columns);
    }

    private static double At(Doubles x, int c, int row, int column, Surround surround)
    {
        int Inside(int at, int extent) => surround switch
        {
            Surround.Edge => Math.Clamp(at, 0, extent - 1),
            Surround.Reflect => at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at,
            Surround.Wrap => (at + extent) % extent,
            _ => at,
        };
        (row, column) = (Inside(row, Rows), Inside(column, Columns));
        return row >= 0 && row < Rows && column >= 0 && column < Columns ? x[[0, c, row, column]]
            : surround == Surround.Constant ? 0.5 : surround == Surround.Mean ? x.Data.Skip(c * Rows * Columns).Take(Rows * Columns).Average() : 0;
    }

    private static Tensor Run(Tensor picture, Func<Graph, Value, Value> layer)
    {
        var graph = new Graph();
        graph.Output("y", layer(graph, graph.Input("x", picture.Shape)));
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device);
        plan.Write("x", picture);
        plan.Run();
        return plan.Read("y");
    }

    private static void Close(double[] expected, Tensor actual, int terms)
    {
        double[] given = Doubles.From(actual).Data;
        Assert.Equal(expected.Length, given.Length);
        double allowed = RandomTensors.Fp32(terms) * expected.Max(Math.Abs);
        for (int i = 0; i < given.Length; i++)
            Assert.InRange(given[i], expected[i] - allowed, expected[i] + allowed);
    }
}
