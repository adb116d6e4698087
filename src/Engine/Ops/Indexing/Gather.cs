using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Slices of the first input along an axis, picked by the indices in the second; the axis is replaced by the indices' shape.</summary>
internal sealed record Gather(int Axis = 0) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new Gather(node.Int32("axis", 0));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        call.Output(0, call.Type(0), Picked(call, from: 0));
    }

    /// <summary>The shape of the output, from the input that is picked from; the indices are the input behind it.</summary>
    internal Shape Picked(InferCall call, int from)
    {
        Shape data = call.Shape(from), indices = call.Shape(from + 1);
        if (data.Rank == 0 || call.Type(from + 1) is not (ElementType.Int64 or ElementType.Int32))
            throw call.Error($"it picks from {data} by {call.Type(from + 1)}, but at least one axis and int32 or int64 indices are expected");
        int axis = data.Axis(Axis);
        return Shape.Create([.. data.Take(axis), .. indices, .. data.Skip(axis + 1)]);
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new GatherGradient(Axis), call.OutputGradient(), call.Input(0), call.Input(1));

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand data = call.Input(0), indices = call.Input(1), y = call.Output(0);
        Shape shape = data.Format.Shape;
        int axis = shape.Axis(Axis), extent = shape[axis], count = indices.Format.Shape.ElementCount, outer = shape.CountOf(0, axis);
        long bytes = (long)shape.CountOf(axis + 1, shape.Rank) * data.Format.Type.Size();
        string name = call.Node.Name;
        return CpuStep.Of(outer, (begin, end, _) =>
        {
            for (int i = begin; i < end; i++)
                for (int j = 0; j < count; j++)
                {
                    byte* from = (byte*)data.Pointer + (i * (long)extent + Slice(indices, j, extent, name)) * bytes;
                    Buffer.MemoryCopy(from, (byte*)y.Pointer + (i * (long)count + j) * bytes, bytes, bytes);
                }
        });
    }

    /// <summary>Indices known when the plan is made are packed as 32-bit numbers of slices; others are looked up on the host.</summary>
    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        Shape shape = x.Format.Shape;
        int axis = shape.Axis(Axis), extent = shape[axis];
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (call.Parameter(1) is not { } parameter || call.InputInfo(1).Known is not { } known || Slices(known, extent) is null)
            return [];
        int count = parameter.Shape.ElementCount;
        Pack pack = (source, packed) => Slices(source, extent)!.CopyTo(new Span<int>(packed, count));
        return [new ShaderBuilder("gather.comp", "plain").Bind(new Binding.Input(0))
            .Bind(new Binding.Derived(1, $"gl slices of {extent}", count, pack, 0, count * 4L)).Bind(new Binding.Output(0)).Define(
                ("OUTER", shape.CountOf(0, axis)), ("PICKED", count), ("INNER", shape.CountOf(axis + 1, shape.Rank)), ("EXTENT", extent),
                ("X_OFFSET", x.Offset), ("Y_OFFSET", y.Offset)).OverThreads(y.Format.Shape.ElementCount, 64)];
    }

    /// <summary>The slice an index means; negative ones count from the end.</summary>
    /// <exception cref="LiveCamException">The axis has no such slice.</exception>
    internal static unsafe int Slice(Operand indices, int i, int extent, string name)
    {
        long index = indices.Format.Type == ElementType.Int64 ? indices.As<long>()[i] : indices.As<int>()[i];
        return index >= -extent && index < extent ? (int)(index < 0 ? index + extent : index)
            : throw new LiveCamException($"Gather \"{name}\": index {index} does not exist in an axis of {extent}.");
    }

    /// <summary>The slices that known indices mean; null where the axis lacks one of them.</summary>
    internal static int[]? Slices(Tensor indices, int extent)
    {
        long[] all = indices.Type == ElementType.Int64 ? indices.Span<long>().ToArray() : Array.ConvertAll(indices.Span<int>().ToArray(), index => (long)index);
        return all.Any(index => index < -extent || index >= extent) ? null : Array.ConvertAll(all, index => (int)(index < 0 ? index + extent : index));
    }
}
