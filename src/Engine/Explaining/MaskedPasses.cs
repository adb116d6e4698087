using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>Many forward passes, the first of the picture itself and the others each of a masked one.</summary>
internal abstract class MaskedPasses : Explainer
{
    private const string ValueOutput = "explain.value", MapsOutput = "explain.maps";

    private readonly Plan plan;
    private readonly Tensor input;

    /// <param name="maps">A layer that is read as well; null for none.</param>
    protected MaskedPasses(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target, Value? maps = null) : base(method, network)
    {
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(ValueOutput, graph.Target);
        if (maps is { } layer) graph.Graph.Output(MapsOutput, graph.Of(layer));
        plan = graph.Compile(device);
        input = new Tensor(ElementType.Float32, network.Model.InputShape);
        (Width, Height) = (network.Model.Contract.Width, network.Model.Contract.Height);
    }

    protected int Width { get; }
    protected int Height { get; }

    /// <summary>How many masked passes there are.</summary>
    protected abstract int Masks { get; }

    public sealed override int Passes => Masks + 1;

    protected sealed override Plan Prepare(int pass)
    {
        Picture.Span<float>().CopyTo(input.Span<float>());
        if (pass > 0) Mask(pass - 1, input.Span<float>());
        plan.Write(Network.Model.Input.Name, input);
        return plan;
    }

    protected sealed override void Collect(int pass)
    {
        Tensor values = plan.Read(ValueOutput);
        if (pass == 0) TakeWhole(values, plan);
        else Take(pass - 1, values);
    }

    /// <summary>The layer that is read as well, of the pass that has just finished.</summary>
    protected static Tensor MapsOf(Plan plan) => plan.Read(MapsOutput);

    /// <summary>Masks the picture, a copy of which is in <paramref name="input"/>.</summary>
    protected abstract void Mask(int mask, Span<float> input);

    /// <summary>Takes what the network says of the whole picture, and of a masked one.</summary>
    protected abstract void TakeWhole(Tensor values, Plan plan);
    protected abstract void Take(int mask, Tensor values);

    /// <summary>Lets each pixel keep a part of what it is over a gray: element (y, x) of <paramref name="kept"/>, 1 for all of it.</summary>
    protected void Fade(Span<float> input, ReadOnlySpan<float> kept)
    {
        for (int c = 0; c < Network.Model.Contract.Channels; c++)
        {
            float gray = Network.Gray(MiddleGray, c);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    ref float value = ref input[y * Network.Strides.Y + x * Network.Strides.X + c * Network.Strides.C];
                    value = gray + kept[y * Width + x] * (value - gray);
                }
        }
    }

    /// <summary>What stands for nothing to see, of 0 to 255.</summary>
    private const double MiddleGray = 127.5;

    public sealed override void Dispose() => plan.Dispose();
}
