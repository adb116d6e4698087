using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// A network's graph made anew up to a target, to append an explanation to. Which numbers of the target's value count is an input of the graph
/// (<see cref="TargetInput"/>), so that another class needs no other plan.
/// </summary>
internal sealed class ExplainGraph
{
    /// <summary>The input that weighs the target's value, and one that stands in for a layer.</summary>
    public const string TargetInput = "explain.target", FeatureInput = "explain.features";

    private readonly Rewrite rewrite;

    /// <param name="target">Whose layer is explained; which class or channel is asked at each run.</param>
    /// <param name="features">A layer that is given instead of computed (<see cref="FeatureInput"/>); null for none.</param>
    /// <exception cref="LiveCamException">There is no such target.</exception>
    public ExplainGraph(ExplainNetwork network, ExplainTarget target, Value? features = null)
    {
        Network = network;
        TargetValue = network.ValueOf(target);
        rewrite = new Rewrite(network.Typed, [TargetValue]);
        if (features is { } given) rewrite.Replace(given, Graph.Input(FeatureInput, network.Typed[given].Shape));
        foreach (Node node in rewrite.Nodes)
            if (features is null || !node.Outputs.Contains(features.Value)) rewrite.Copy(node);
        Target = rewrite.Map(TargetValue);
        Picture = rewrite.Map(network.Model.Input.Value);
        Score = Sum(Times(Target, Graph.Input(TargetInput, network.Typed[TargetValue].Shape)));
    }

    public ExplainNetwork Network { get; }
    public Graph Graph => rewrite.Target;

    /// <summary>The network's input, 1 x channels x height x width (or channels last).</summary>
    public Value Picture { get; }

    /// <summary>The value the target is part of, and the target as one number.</summary>
    public Value Target { get; }
    public Value Score { get; }

    /// <summary>The target's value in the network's own graph.</summary>
    public Value TargetValue { get; }

    /// <summary>A value of the network in this graph.</summary>
    public Value Of(Value value) => rewrite.Map(value);

    /// <summary>The maps of the last convolution, as <see cref="FeatureLayers.Last"/> finds them.</summary>
    public Value Features => Of(FeatureLayers.Last(Network, TargetValue));

    /// <summary>The gradient of the target with respect to a value.</summary>
    public Value Gradient(Value of, GradientRule rule = GradientRule.Plain) => Graph.Gradients(Score, [of], rule)[0];

    public Value Times(Value a, Value b) => Graph.Add(new Mul(), a, b);
    public Value Plus(Value a, Value b) => Graph.Add(new Add(), a, b);
    public Value Over(Value a, Value b) => Graph.Add(new Div(), a, b);

    /// <summary>What is positive, else 0.</summary>
    public Value Rectified(Value x) => Graph.Add(new Relu(), x);

    /// <summary>Ones in place of zeros, so that zero over zero is zero.</summary>
    public Value NoZero(Value x) => Graph.Add(new Where(), Graph.Add(new Equal(), x, Number(0)), Number(1), x);

    /// <summary>Of N,C,H,W the mean or the sum over H and W: N,C,1,1.</summary>
    public Value MeanOfPlaces(Value x) => Graph.Add(new ReduceMean(), x, Axes(2, 3));
    public Value SumOfPlaces(Value x) => Graph.Add(new ReduceSum(), x, Axes(2, 3));

    /// <summary>Of N,C,H,W the sum over C: N,1,H,W.</summary>
    public Value SumOfChannels(Value x) => Graph.Add(new ReduceSum(), x, Axes(1));

    /// <summary>One number a channel as 1,C,1,1.</summary>
    public Value PerChannel(Value x) => Graph.Add(new Reshape(), x, Graph.Parameter("explain.channels", Tensor.Of<long>([4], 1, -1, 1, 1)));

    /// <summary>Of a value like the picture, the sum over its channels, or the largest magnitude.</summary>
    public Value SumOfColors(Value x) => Graph.Add(new ReduceSum(), x, Axes(Network.Model.Axes.Channel));
    public Value LargestOfColors(Value x) => Graph.Add(new ReduceMax(), Graph.Add(new Abs(), x), Axes(Network.Model.Axes.Channel));

    public Value Number(float number) => Graph.Parameter($"explain.{number}", Tensor.Scalar(number));

    /// <summary>Plans the graph; only what its outputs need is computed.</summary>
    public Plan Compile(Device device) => Compiler.Compile(Graph, device, Network.Model.Compilation([]));

    private Value Sum(Value x) => Graph.Add(new ReduceSum(Keep: false), x);

    private Value Axes(params ReadOnlySpan<long> axes) => Graph.Parameter("explain.axes", Tensor.Of([axes.Length], axes));
}
