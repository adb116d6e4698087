using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The channels of a picture in <paramref name="Count"/> groups, each with mean 0 and variance 1, then scale x + shift (Wu and He 2018).
/// Inputs: x, scale, shift.
/// </summary>
/// <param name="PerGroup">Whether there is one scale and shift per group, as before operator set 21, or per channel.</param>
internal sealed record GroupNormalization(int Count, float Epsilon = 1e-5f, bool PerGroup = false) : Standardization
{
    public static Op FromOnnx(OnnxNode node) => new GroupNormalization(node.Int32("num_groups", 0), node.Float("epsilon", 1e-5f), node.OpSet < 21);

    /// <remarks>An operator of set 18: every group is a channel of an InstanceNormalization.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        Shape x = call.InputInfo(0).Shape;
        (string grouped, string shape, string standard, string whole, string product) =
            (call.Between("grouped"), call.Between("shape"), call.Between("standard"), call.Between("whole"), call.Between("product"));
        string Columns(int input)
        {
            string name = call.Between($"column{input}");
            long[] extents = PerGroup ? [Count, 1] : [x[1], .. Enumerable.Repeat(1L, x.Rank - 2)];
            call.Write("Reshape").Inputs(call.Input(input), call.Weight($"extents{input}", Tensor.Of<long>([extents.Length], extents))).Outputs(name);
            return name;
        }
        call.Write("Shape").Inputs(call.Input(0)).Outputs(shape);
        call.Write("Reshape").Inputs(call.Input(0), call.Weight("groups", Tensor.Of<long>([3], 0, Count, -1))).Outputs(grouped);
        call.Write("InstanceNormalization").Inputs(grouped, call.Weight("ones", Tensor.Of<float>([Count], [.. Enumerable.Repeat(1f, Count)])),
            call.Weight("zeros", Tensor.Of<float>([Count], new float[Count]))).Outputs(standard).Set("epsilon", Epsilon);
        if (!PerGroup)
            call.Write("Reshape").Inputs(standard, shape).Outputs(whole);
        (string scale, string shift) = (Columns(1), Columns(2));
        call.Write("Mul").Inputs(PerGroup ? standard : whole, scale).Outputs(product);
        string sum = PerGroup ? call.Between("sum") : call.Output(0);
        call.Write("Add").Inputs(product, shift).Outputs(sum);
        if (PerGroup)
            call.Write("Reshape").Inputs(sum, shape).Outputs(call.Output(0));
    }

    private protected override double Factor(double measured, int count) => 1 / Math.Sqrt(measured + Epsilon);
    private protected override string FactorShader(int count) => $"(1.0 / sqrt(v + {StridedShader.Text(Epsilon)}))";

    private protected override Grouping Groups(InferCall call)
    {
        call.Arity(3, 3);
        Shape x = call.Shape(0);
        if (x.Rank is < 2 or >= Shape.MaxRank || Count < 1 || x[1] % Count != 0)
            throw call.Error($"its input is {x}, which has no channels that make {Count} groups");
        int each = x[1] / Count, scales = PerGroup ? Count : x[1];
        if (call.Shape(1) != [scales] || call.Shape(2) != [scales])
            throw call.Error($"its scale and shift are {call.Shape(1)} and {call.Shape(2)}, but {scales} are expected");
        Shape extents = Shape.Create([x[0], Count, each, .. x.Skip(2)]);
        return new(extents, [.. Enumerable.Range(0, extents.Rank).Select(axis => axis > 1)],
            [.. Enumerable.Range(0, extents.Rank).Select(axis => axis == 1 ? PerGroup ? 1L : each : axis == 2 && !PerGroup ? 1 : 0)], IsSplit: true);
    }

    public override void Gradient(GradientCall call) => Differentiate(call, Epsilon,
        value => call.Add(new Flatten(2), call.Add(new Reshape(), value, call.Longs(0, Count, -1))), AlongRows,
        value => call.Add(new Reshape(), value, PerGroup ? call.Longs(0, Count, -1) : call.Longs(0, 0, -1)),
        column => call.Add(new Reshape(), column, call.Longs(-1, 1)));
}
