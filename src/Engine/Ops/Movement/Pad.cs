using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What stands where there was no element.</summary>
internal enum PadMode { Constant, Reflect, Edge, Wrap }

/// <summary>
/// Adds (or, with negative numbers, cuts) elements at both ends of axes. Inputs: x, pads (all beginnings, then all ends), the
/// constant (0 when missing), the axes the pads belong to (all when missing).
/// </summary>
internal sealed partial record Pad(PadMode Mode = PadMode.Constant) : Op
{
    public static Op FromOnnx(OnnxNode node)
    {
        string attribute = node.Has("pads") ? "pads" : "paddings";
        if (node.InputCount < 2 && node.Ints(attribute) is { } pads)
        {
            node.SetInput(1, Tensor.Of<long>([pads.Length], pads));
            node.SetInput(2, Tensor.Scalar(node.Float("value", 0)));
        }
        return new Pad(node.String("mode", "constant") switch
        {
            "constant" => PadMode.Constant,
            "reflect" => PadMode.Reflect,
            "edge" => PadMode.Edge,
            "wrap" => PadMode.Wrap,
            var other => throw node.Error($"its mode is \"{other}\", which is none of constant, reflect, edge and wrap"),
        });
    }

    public override void ToOnnx(OnnxCall call)
    {
        string mode = Mode switch
        {
            PadMode.Reflect => "reflect",
            PadMode.Edge => "edge",
            PadMode.Wrap => throw call.Error("it wraps around, which ONNX has only since operator set 19"),
            _ => "constant",
        };
        OnnxWriter node = call.Write(Name).Set("mode", mode);
        if (!call.Has(3))
            return;
        // Operator set 17 cannot name axes: pads of 0 for all others say the same.
        (int[] begins, int[] ends) = Pads(call.Infer(), call.InputInfo(0).Shape.Rank);
        long[] pads = [.. begins.Concat(ends).Select(pad => (long)pad)];
        node.Inputs(call.Input(0), call.Weight("pads", Tensor.Of<long>([pads.Length], pads)), call.Has(2) ? call.Input(2) : "");
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 4);
        Shape x = call.Shape(0);
        if (Mode == PadMode.Constant && call.Has(2) && (call.Known(2) is not { Count: 1 } value || value.Type != call.Type(0)))
            throw call.Error($"its constant has to be one known element of type {call.Type(0)}");
        call.Output(0, call.Type(0), Padded(call, x, pads: 1));
    }

    /// <summary>The shape of the output; the pads are the given input, their axes input 3.</summary>
    internal Shape Padded(InferCall call, Shape x, int pads)
    {
        (int[] begins, int[] ends) = Pads(call, x.Rank, pads);
        var extents = new int[x.Rank];
        for (int i = 0; i < extents.Length; i++)
        {
            long extent = (long)x[i] + begins[i] + ends[i];
            if (extent < 0 || extent > int.MaxValue)
                throw call.Error($"padding axis {i} of {x} by {begins[i]} and {ends[i]} leaves {extent}");
            if (Mode == PadMode.Reflect && Math.Max(begins[i], ends[i]) >= Math.Max(1, x[i]) || Mode != PadMode.Constant && x[i] == 0 && extent > 0)
                throw call.Error($"axis {i} of {x} is too short to be padded by {begins[i]} and {ends[i]} in mode {Mode}");
            extents[i] = (int)extent;
        }
        return Shape.Create(extents);
    }

    /// <remarks>Constant padding is cut off again, and what was cut off gets zeros; else copies are added to what they were copied from.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (Mode != PadMode.Constant)
        {
            Value[] inputs = [call.OutputGradient(), call.Input(0), call.Input(1), .. call.Has(3) ? new[] { call.Input(3) } : []];
            call[0] = call.Add(new PadGradient(Mode), inputs);
            return;
        }
        if (call.Wants(2) || !call.Graph.Parameters.TryGetValue(call.Input(1), out Parameter? pads) || pads.Type != ElementType.Int64)
        {
            call.None();
            return;
        }
        Value back = call.Graph.Parameter($"{call.Node.Name} pads back", Tensor.Of<long>(pads.Shape, Array.ConvertAll(pads.Value.Span<long>().ToArray(), pad => -pad)));
        call[0] = call.Has(3) ? call.Add(new Pad(), call.OutputGradient(), back, Value.None, call.Input(3)) : call.Add(new Pad(), call.OutputGradient(), back);
    }

    /// <param name="pads">The input that holds the pads; their axes are input 3.</param>
    internal static (int[] Begins, int[] Ends) Pads(InferCall call, int rank, int pads = 1)
    {
        long[] counts = call.KnownInts(pads, "pads");
        int[] axes = [.. Enumerable.Range(0, rank)];
        if (call.Has(3))
        {
            axes = [.. call.KnownInts(3, "axes").Select(axis => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
                : throw call.Error($"axis {axis} does not exist in {rank} axes"))];
        }
        if (counts.Length != 2 * axes.Length)
            throw call.Error($"it has {counts.Length} pads for {axes.Length} axes");
        int[] begins = new int[rank], ends = new int[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            if (Math.Abs((double)counts[i]) > int.MaxValue || Math.Abs((double)counts[axes.Length + i]) > int.MaxValue)
                throw call.Error($"pads {counts[i]} and {counts[axes.Length + i]} do not fit 32 bits");
            (begins[axes[i]], ends[axes[i]]) = ((int)counts[i], (int)counts[axes.Length + i]);
        }
        return (begins, ends);
    }
}
