using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The mean over some axes: those of the second input, or all of them when it is missing or empty.</summary>
/// <param name="Keep">Whether the reduced axes stay, with extent 1.</param>
/// <param name="NothingWhenEmpty">An empty list of axes reduces nothing.</param>
public sealed partial record ReduceMean(bool Keep = true, bool NothingWhenEmpty = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.Reads;

    public static Op FromOnnx(OnnxNode node)
    {
        Ops.Axes.AttributeToInput(node, 1);
        return new ReduceMean(node.Int("keepdims", 1) != 0, node.Int("noop_with_empty_axes", 0) != 0);
    }

    public override void ToOnnx(OnnxCall call)
    {
        // In operator set 17 the axes are an attribute, and none means all.
        int[] axes = call.Has(1) ? Ops.Axes.Of(call.Infer(), 1, call.InputInfo(0).Shape.Rank) : [];
        if (axes.Length == 0 && NothingWhenEmpty)
            call.Write("Identity").Inputs(call.Input(0));
        else
            call.Write(Name).Inputs(call.Input(0)).Set("axes", Ints.Create(axes)).Set("keepdims", Keep ? 1 : 0);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 2);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        int[] axes = Axes(call.Has(1) ? Ops.Axes.Of(call, 1, x.Rank) : [], x.Rank);
        call.Output(0, ElementType.Float32, Shape.Create(
            [.. x.Select((extent, i) => axes.Contains(i) ? 1 : extent).Where((_, i) => Keep || !axes.Contains(i))]));
    }

    public override void Gradient(GradientCall call)
    {
        Value dy = call.OutputGradient();
        // The axes that are gone come back with extent 1; of all axes together a number is left, which needs none.
        if (!Keep && call.Has(1))
            dy = call.Add(new Unsqueeze(), dy, call.Input(1));
        if (call.Wants(0))
            call[0] = call.Add(new ExpandLike(Mean: true), dy, call.Input(0));
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    private int[] Axes(int[] named, int rank) => named.Length > 0 || NothingWhenEmpty ? named : [.. Enumerable.Range(0, rank)];
}
