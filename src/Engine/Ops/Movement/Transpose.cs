using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Axis i of the result is axis <paramref name="Permutation"/>[i] of the input; an empty list reverses all axes.</summary>
internal sealed partial record Transpose(Ints Permutation) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reads;

    public static Op FromOnnx(OnnxNode node) => new Transpose(node.IntList("perm"));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("perm", Permutation);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape from = call.Shape(0);
        int[] order = Order(from.Rank);
        if (order.Length != from.Rank || !order.Order().SequenceEqual(Enumerable.Range(0, from.Rank)))
            throw call.Error($"its permutation {Permutation} is none of the {from.Rank} axes of its input {from}");
        call.Output(0, call.Type(0), Shape.Create([.. order.Select(axis => from[axis])]));
    }

    public override void Gradient(GradientCall call)
    {
        var inverse = new int[Permutation.Count];
        for (int i = 0; i < inverse.Length; i++)
            inverse[Permutation[i]] = i;
        call[0] = call.Add(new Transpose(Ints.Create(inverse)), call.OutputGradient());
    }

    private int[] Order(int rank) => Permutation.Count > 0 ? [.. Permutation] : [.. Enumerable.Range(0, rank).Reverse()];

    private long[] Strides(MemoryFormat input)
    {
        long[] strides = input.Strides;
        return [.. Order(input.Shape.Rank).Select(axis => strides[axis])];
    }

    public override CpuStep Prepare(CpuCall call) => Movement.Copy(call, 0, Strides(call.Input(0).Format), 0);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.CopyShaders(call, 0, Strides(call.Input(0).Format), 0);
}
