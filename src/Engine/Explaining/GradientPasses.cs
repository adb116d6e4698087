using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>Many passes of one plan that gives the target's gradient with respect to the picture, each for another input; the gradients are added up.</summary>
internal abstract class GradientPasses : Explainer
{
    private const string GradientOutput = "explain.gradient", ValueOutput = "explain.value";

    private readonly Plan plan;
    private readonly Tensor input;

    protected GradientPasses(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target) : base(method, network)
    {
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(GradientOutput, graph.Gradient(graph.Picture));
        graph.Graph.Output(ValueOutput, graph.Target);
        plan = graph.Compile(device);
        input = new Tensor(ElementType.Float32, network.Model.InputShape);
        Sum = new double[input.Count];
    }

    /// <summary>The gradients added so far, in the order of the network's input.</summary>
    protected double[] Sum { get; }

    protected override void Start() => Array.Clear(Sum);

    protected sealed override Plan Prepare(int pass)
    {
        Fill(pass, input.Span<float>());
        plan.Write(Network.Model.Input.Name, input);
        plan.Write(ExplainGraph.TargetInput, Network.WeightsOf(Target));
        return plan;
    }

    protected sealed override void Collect(int pass)
    {
        Take(pass, Network.Score(Target, plan.Read(ValueOutput)));
        if (!Counts(pass)) return;
        ReadOnlySpan<float> gradient = plan.Read(GradientOutput).Span<float>();
        for (int i = 0; i < gradient.Length; i++) Sum[i] += gradient[i];
    }

    /// <summary>Makes the input of a pass.</summary>
    protected abstract void Fill(int pass, Span<float> input);

    /// <summary>Whether the gradient of a pass is added.</summary>
    protected virtual bool Counts(int pass) => true;

    /// <summary>Takes the target's score of a pass.</summary>
    protected virtual void Take(int pass, double score) { }

    /// <summary>A map of the input's size: what <paramref name="pixel"/> makes of each element, joined over colors.</summary>
    protected ExplainMap MapOf(Func<int, double> pixel, Func<double, double, double> join)
    {
        (int width, int height, int channels) = (Network.Model.Contract.Width, Network.Model.Contract.Height, Network.Model.Contract.Channels);
        var values = new float[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double value = 0;
                for (int c = 0; c < channels; c++) value = join(value, pixel(y * Network.Strides.Y + x * Network.Strides.X + c * Network.Strides.C));
                values[y * width + x] = (float)value;
            }
        return new(width, height, values, Method.IsSigned);
    }

    public sealed override void Dispose() => plan.Dispose();
}
