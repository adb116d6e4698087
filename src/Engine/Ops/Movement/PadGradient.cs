using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What a <see cref="Pad"/> that repeats elements passes back: every element gets the sum of what its copies got. Inputs: dy, x (its
/// shape alone), the pads, the axes they belong to (all when missing).
/// </summary>
public sealed record PadGradient(PadMode Mode) : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 4);
        Shape padded = new Pad(Mode).Padded(call, call.Shape(1), pads: 2);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != padded)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {padded}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        CopySumShader.Axis[] axes = Axes(call.Infer(), dy.Form, dx.Form);
        // Along the fastest axis whole lines are added where nothing was copied.
        bool lines = axes.Length > 0 && axes[^1] is { Lists: null, FromStride: 1, ToStride: 1 };
        CopySumShader.Axis[] outer = lines ? axes[..^1] : axes;
        var kernel = new CopySum(call.Width, Array.ConvertAll(outer, axis => axis.Extent), Array.ConvertAll(outer, axis => axis.Lists),
            Array.ConvertAll(outer, axis => axis.FromStride), Array.ConvertAll(outer, axis => axis.ToStride), lines ? axes[^1].Extent : 1);
        return CpuStep.Of(dx.Form.Shape.ElementCount == 0 ? 0 : kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, dx.Floats));
    }

    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), dx = call.Output(0);
        if (dx.Form.Shape.ElementCount == 0)
            return [Movement.Nothing];
        CopySumShader.Axis[] axes = Axes(call.Infer(), dy.Form, dx.Form);
        if (axes.All(axis => axis.Lists is null))
            return Movement.CopyShaders(call, 0, dy.Form.Strides, 0);
        if (call.Parameter(2) is null)
            return [];
        int[] lists = CopySumShader.Lists(axes);
        (int[] begins, int[] ends) = Pad.Pads(call.Infer(), dx.Form.Shape.Rank, pads: 2);
        string key = $"gl copies of {dx.Form.Shape} {dx.Form.Layout} by {string.Join(',', begins)} and {string.Join(',', ends)}, {Mode}";
        Pack pack = (_, packed) => lists.CopyTo(new Span<int>(packed, lists.Length));
        return [CopySumShader.Call(axes, new Binding.Derived(2, key, lists.Length, pack, 0, lists.Length * 4L), dy.Offset, dx.Offset)];
    }

    /// <summary>The axes of the result from the slowest to the fastest in memory; those that were padded have lists.</summary>
    private CopySumShader.Axis[] Axes(InferCall call, Form dy, Form dx)
    {
        var pad = new Pad(Mode);
        (int[] begins, int[] ends) = Pad.Pads(call, dx.Shape.Rank, pads: 2);
        long[] from = dy.Strides, to = dx.Strides;
        return Array.ConvertAll(dx.AxisOrder, axis =>
        {
            int extent = dx.Shape[axis];
            if (begins[axis] == 0 && ends[axis] == 0)
                return new CopySumShader.Axis(extent, from[axis], to[axis], null);
            int[] origins = [.. Enumerable.Range(0, dy.Shape[axis]).Select(at => pad.Place(at - begins[axis], extent))];
            return new(extent, from[axis], to[axis], CopyLists.Of(extent, origins));
        });
    }
}
