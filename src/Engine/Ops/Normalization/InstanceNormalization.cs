using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Every channel of every picture with mean 0 and variance 1, then scale x + shift channel by channel (Ulyanov, Vedaldi and Lempitsky
/// 2016). Inputs: x, scale, shift.
/// </summary>
internal sealed record InstanceNormalization(float Epsilon = 1e-5f) : Standardization
{
    public static Op FromOnnx(OnnxNode node) => new InstanceNormalization(node.Float("epsilon", 1e-5f));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("epsilon", Epsilon);

    private protected override double Factor(double measured, int count) => 1 / Math.Sqrt(measured + Epsilon);
    private protected override string FactorShader(int count) => $"(1.0 / sqrt(v + {StridedShader.Text(Epsilon)}))";

    private protected override Grouping Groups(InferCall call)
    {
        call.Arity(3, 3);
        Shape x = call.Shape(0);
        if (x.Rank < 3 || call.Shape(1) != [x[1]] || call.Shape(2) != [x[1]])
            throw call.Error($"its inputs are {x}, {call.Shape(1)} and {call.Shape(2)}, but N, C, spatial axes and one scale and shift per channel are expected");
        return new(x, [.. Enumerable.Range(0, x.Rank).Select(axis => axis > 1)], [.. Enumerable.Range(0, x.Rank).Select(axis => axis == 1 ? 1L : 0)]);
    }

    public override void Gradient(GradientCall call) => Differentiate(call, Epsilon,
        value => call.Add(new Flatten(2), value), AlongRows,
        value => call.Add(new Reshape(), value, call.Longs(0, 0, -1)),
        column => call.Add(new Reshape(), column, call.Longs(-1, 1)));
}
