using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What <see cref="Gather"/> passes back to what it picked from: every slice gets the sum of what its copies got. Inputs: dy, x (its
/// shape alone), the indices.
/// </summary>
internal sealed record GatherGradient(int Axis = 0) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape picked = new Gather(Axis).Picked(call, from: 1);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != picked)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {picked}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    /// <summary>The copies are listed anew in every run, as indices may come at run time.</summary>
    public override CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), indices = call.Input(2), dx = call.Output(0);
        (int outer, int extent, int inner) = Extents(dx.Format.Shape);
        int count = indices.Format.Shape.ElementCount;
        var origins = new int[count];
        var lists = new int[CopyLists.Length(extent, count)];
        string name = call.Node.Name;
        CpuStep list = CpuStep.Of(1, (_, _, _) =>
        {
            for (int i = 0; i < count; i++)
                origins[i] = Gather.Slice(indices, i, extent, name);
            CopyLists.Fill(extent, origins, lists);
        });
        var kernel = new CopySum(call.Width, [outer, extent], [null, lists], [(long)count * inner, inner], [(long)extent * inner, inner], inner);
        return list.Then(Summing(kernel, dy, dx));
    }

    private static unsafe CpuStep Summing(CopySum kernel, Operand dy, Operand dx) =>
        CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, dx.Floats));

    /// <summary>Indices known when the plan is made are listed beforehand; others are looked up on the host.</summary>
    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), dx = call.Output(0);
        (int outer, int extent, int inner) = Extents(dx.Format.Shape);
        if (dx.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (call.Parameter(2) is null || call.InputInfo(2).Known is not { } known || Gather.Slices(known, extent) is not { Length: > 0 } origins)
            return [];
        int[] lists = CopyLists.Of(extent, origins);
        Pack pack = (source, packed) => CopyLists.Fill(extent, Gather.Slices(source, extent), new Span<int>(packed, lists.Length));
        return [CopySumShader.Call(
            [new(outer, (long)origins.Length * inner, (long)extent * inner, null), new(extent, inner, inner, lists), new(inner, 1, 1, null)],
            new Binding.Derived(2, $"gl copies of {extent}", lists.Length, pack, 0, lists.Length * 4L), dy.Offset, dx.Offset)];
    }

    private (int Outer, int Extent, int Inner) Extents(Shape x)
    {
        int axis = x.Axis(Axis);
        return (x.CountOf(0, axis), x[axis], x.CountOf(axis + 1, x.Rank));
    }
}
