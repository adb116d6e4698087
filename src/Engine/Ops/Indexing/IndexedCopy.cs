using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Each element of the output is an element of input 0, found by the indices in another input.</summary>
internal abstract record IndexedCopy : Op
{
    private const int UnitElements = 8192;

    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    /// <summary>The input that holds the indices.</summary>
    private protected virtual int IndexInput => 1;

    /// <summary>For every element of the output the element of input 0 it is; negative for zero.</summary>
    /// <exception cref="LiveCamException">An index lies outside.</exception>
    private protected abstract void Find(Shape x, Shape indexShape, ReadOnlySpan<long> indices, Shape y, Span<int> places);

    /// <summary>The places are found anew in every run, as indices may come at run time.</summary>
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), index = call.Input(IndexInput), y = call.Output(0);
        (Shape from, Shape at, Shape to) = (x.Format.Shape, index.Format.Shape, y.Format.Shape);
        if (to.ElementCount == 0)
            return CpuStep.None;
        var indices = new long[at.ElementCount];
        var places = new int[to.ElementCount];
        int size = x.Format.Type.Size();
        string node = $"{Name} \"{call.Node.Name}\"";
        CpuStep find = CpuStep.Of(1, (_, _, _) =>
        {
            Indices.Read(index, indices);
            try
            {
                Find(from, at, indices, to, places);
            }
            catch (LiveCamException error)
            {
                throw Named(node, error);
            }
        });
        return find.Then(CpuStep.Of((places.Length + UnitElements - 1) / UnitElements, (begin, end, _) =>
            IndexedElements.Gather(size, places, begin * UnitElements, Math.Min(places.Length, end * UnitElements), x.Pointer, y.Pointer)));
    }

    /// <summary>Indices known when the plan is made become a list of places; others are looked up on the host.</summary>
    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        (Shape from, Shape to) = (x.Format.Shape, y.Format.Shape);
        if (to.ElementCount == 0)
            return [Movement.Nothing];
        if (call.Parameter(IndexInput) is null || call.InputInfo(IndexInput).Known is null)
            return [];
        string node = $"{Name} \"{call.Node.Name}\"";
        Pack pack = (source, packed) =>
        {
            try
            {
                Find(from, source.Shape, Indices.Of(source), to, new Span<int>(packed, to.ElementCount));
            }
            catch (LiveCamException error)
            {
                throw Named(node, error);
            }
        };
        return [new ShaderBuilder("gather.comp", "plain").Bind(new Binding.Input(0))
            .Bind(new Binding.Derived(IndexInput, $"gl places of {this} in {from} for {to}", to.ElementCount, pack, 0, to.ElementCount * 4L)).Bind(new Binding.Output(0)).Define(
                ("OUTER", 1), ("PICKED", to.ElementCount), ("INNER", 1), ("EXTENT", from.ElementCount), ("X_OFFSET", x.Offset), ("Y_OFFSET", y.Offset))
            .OverThreads(to.ElementCount, 64)];
    }

    /// <summary>Says which node an index was wrong in.</summary>
    internal static LiveCamException Named(string node, LiveCamException error) => new($"{node}: {error.Message}", error);
}
