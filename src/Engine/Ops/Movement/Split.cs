using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The input cut into parts along an axis: as long as the second input says, or equal ones (the last shorter where they do not come out
/// even).
/// </summary>
internal sealed record Split(int Parts, int Axis = 0) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Ints("split") is { } sizes && node.InputCount < 2)
            node.SetInput(1, Tensor.Of<long>([sizes.Length], sizes));
        if (node.Int("num_outputs", node.OutputCount) is var count && count != node.OutputCount)
            throw node.Error($"its num_outputs is {count}, but it has {node.OutputCount} outputs");
        return new Split(node.OutputCount, node.Int32("axis", 0));
    }

    /// <remarks>Operator set 17 knows no uneven parts without their sizes.</remarks>
    public override void ToOnnx(OnnxCall call)
    {
        Shape x = call.InputInfo(0).Shape;
        OnnxWriter node = call.Write(Name).Set("axis", Axis);
        if (call.Has(1) || x[x.Axis(Axis)] % Parts == 0)
            return;
        long[] sizes = [.. Sizes(call.Infer(), x, 1).Select(size => (long)size)];
        node.Inputs(call.Input(0), call.Weight("sizes", Tensor.Of<long>([sizes.Length], sizes)));
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 2);
        Shape x = call.Shape(0);
        int[] sizes = Sizes(call, x, 1);
        for (int i = 0; i < sizes.Length; i++)
            call.Output(i, call.Type(0), x.With(x.Axis(Axis), sizes[i]));
    }

    /// <summary>How long each part is.</summary>
    /// <param name="sizes">The input that says so, where it is given.</param>
    internal int[] Sizes(InferCall call, Shape x, int sizes)
    {
        if (x.Rank == 0)
            throw call.Error("its input is a scalar, which has no axis to be cut along");
        int extent = x[x.Axis(Axis)];
        if (!call.Has(sizes))
        {
            int longest = (extent + Parts - 1) / Parts;
            return [.. Enumerable.Range(0, Parts).Select(i => Math.Clamp(extent - i * longest, 0, longest))];
        }
        long[] given = call.KnownInts(sizes, "list of sizes");
        if (given.Length != Parts || given.Any(size => size < 0) || given.Sum(size => (decimal)size) != extent)
            throw call.Error($"its sizes {string.Join(',', given)} do not cut the {extent} entries along axis {Axis} of {x} into {Parts} parts");
        return Array.ConvertAll(given, size => (int)size);
    }

    public override void Gradient(GradientCall call)
    {
        if (!call.Wants(0))
            return;
        Value[] parts = [.. Enumerable.Range(0, Parts).Select(call.OutputGradient)];
        call[0] = call.Add(new SplitGradient(Parts, Axis), [call.Input(0), call.Has(1) ? call.Input(1) : Value.None, .. parts]);
    }

    public override CpuStep Prepare(CpuCall call) =>
        Movement.Together([.. Places(call.Infer(), call.InputInfo(0).Shape).Where(part => call.Wants(part.Output)).Select(part =>
        {
            Operand x = call.Input(0), y = call.Output(part.Output);
            return Movement.Copy(x, y, y.Format.Shape, x.Format.Strides, part.First * x.Format.Strides[part.Axis], y.Format.Strides, 0);
        })]);

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        ShaderCall? chain = null;
        foreach ((int output, int axis, int first) in Places(call.Infer(), call.InputInfo(0).Shape).Where(part => call.Wants(part.Output)).Reverse())
        {
            GlOperand x = call.Input(0), y = call.Output(output);
            if (y.Format.Shape.ElementCount > 0)
                chain = Movement.Shaders(0, output, x, y, y.Format.Shape, y.Format.AxisOrder, x.Format.Strides, first * x.Format.Strides[axis], y.Format.Strides, 0).First() with { Next = chain };
        }
        return [chain ?? Movement.Nothing];
    }

    private IEnumerable<(int Output, int Axis, int First)> Places(InferCall call, Shape x)
    {
        int first = 0;
        foreach ((int output, int size) in Sizes(call, x, 1).Index())
        {
            yield return (output, x.Axis(Axis), first);
            first += size;
        }
    }
}
