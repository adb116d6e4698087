using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Many elements become one, over some axes: those of the second input, or all of them when it is missing or empty.</summary>
/// <param name="Keep">Whether the reduced axes stay, with extent 1.</param>
/// <param name="NothingWhenEmpty">An empty list of axes reduces nothing.</param>
internal abstract partial record Reduce(ReductionKind Kind, bool Keep, bool NothingWhenEmpty) : Op
{
    public override LayoutRule Layouts => LayoutRule.Reads;

    /// <summary>Whether bools are reduced too: any of them, or all of them.</summary>
    private bool TakesBool => Kind is ReductionKind.Max or ReductionKind.Min;

    /// <summary>A node whose axes may be an attribute or an input, with its two switches.</summary>
    private protected static Op From(OnnxNode node, Func<bool, bool, Op> make)
    {
        Axes.AttributeToInput(node, 1);
        return make(node.Int("keepdims", 1) != 0, node.Int("noop_with_empty_axes", 0) != 0);
    }

    public override void ToOnnx(OnnxCall call)
    {
        // In operator set 17 the axes are an attribute of all but the sum, and none means all.
        int[] axes = call.Has(1) ? Axes.Of(call.Infer(), 1, call.InputInfo(0).Shape.Rank) : [];
        if (axes.Length == 0 && NothingWhenEmpty)
            call.Write("Identity").Inputs(call.Input(0));
        else if (call.InputInfo(0).Type == ElementType.Bool)
        {
            (string bytes, string result) = (call.Between("bytes"), call.Between("result"));
            call.Write("Cast").Inputs(call.Input(0)).Outputs(bytes).Set("to", ElementType.UInt8);
            call.Write(Name).Inputs(bytes).Outputs(result).Set("axes", Ints.Create(axes)).Set("keepdims", Keep ? 1 : 0);
            call.Write("Cast").Inputs(result).Set("to", ElementType.Bool);
        }
        else if (Kind == ReductionKind.Sum)
            call.Write(Name).Set("keepdims", Keep ? 1 : 0);
        else
            call.Write(Name).Inputs(call.Input(0)).Set("axes", Ints.Create(axes)).Set("keepdims", Keep ? 1 : 0);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 2);
        Shape x = call.Shape(0);
        if (!call.Type(0).IsNumber() && !(TakesBool && call.Type(0) == ElementType.Bool))
            throw call.Error($"its input is {call.Type(0)}, which has no arithmetic");
        bool[] reduced = Reduced(call);
        call.Output(0, call.Type(0), Shape.Create([.. x.Select((extent, i) => reduced[i] ? 1 : extent).Where((_, i) => Keep || !reduced[i])]));
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    /// <summary>What comes back, or another value of the output's shape, repeated to the input's.</summary>
    private protected Value Back(GradientCall call, Value value, bool mean = false)
    {
        // The axes that are gone come back with extent 1; of all axes together a number is left, which needs none.
        if (!Keep && call.Has(1))
            value = call.Add(new Unsqueeze(), value, call.Input(1));
        return call.Add(new ExpandLike(mean), value, call.Input(0));
    }

    /// <summary>What comes back goes to the elements that were chosen, to equal ones in equal parts.</summary>
    private protected Value ToChosen(GradientCall call)
    {
        Value isChosen = call.Add(new CastLike(), call.Add(new Equal(), call.Input(0), Back(call, call.Output(0))), call.Input(0));
        Value[] axes = call.Has(1) ? [call.Input(1)] : [];
        Value count = call.Add(new ReduceSum(Keep, NothingWhenEmpty), [isChosen, .. axes]);
        return call.Times(isChosen, Back(call, call.Add(new Div(), call.OutputGradient(), count)));
    }

    /// <summary>Which axes of the input are reduced.</summary>
    private bool[] Reduced(InferCall call)
    {
        int rank = call.Shape(0).Rank;
        int[] named = call.Has(1) ? Axes.Of(call, 1, rank) : [];
        bool all = named.Length == 0 && !NothingWhenEmpty;
        return [.. Enumerable.Range(0, rank).Select(axis => all || named.Contains(axis))];
    }

    /// <summary>Which axes of the input are reduced, and the output's strides along the input's axes.</summary>
    private (bool[] Reduced, long[] OutputStrides) Reduced(InferCall call, MemoryFormat output)
    {
        bool[] reduced = Reduced(call);
        var strides = new long[reduced.Length];
        long[] own = output.Strides;
        for (int axis = 0, next = 0; axis < reduced.Length; axis++)
        {
            if (!reduced[axis])
                strides[axis] = own[next];
            if (Keep || !reduced[axis])
                next++;
        }
        return (reduced, strides);
    }
}
