using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// A new axis, along which the place each index names holds one value and all others another. Inputs: the indices (negative ones count from
/// the end; one outside names no place), the axis's extent, a constant, and the two values, off before on.
/// </summary>
internal sealed record OneHot(int Axis = -1) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new OneHot(node.Int32("axis", -1));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape indices = call.Shape(0);
        if (!call.Type(0).IsNumber() || call.Shape(2).ElementCount != 2)
            throw call.Error($"its indices are {call.Type(0)} and its values {call.Shape(2)}, but numbers and two values are expected");
        call.Output(0, call.Type(2), Shape.Create([.. indices.Span[..At(indices)], Depth(call), .. indices.Span[At(indices)..]]));
    }

    /// <summary>Where the new axis stands.</summary>
    private int At(Shape indices) => Axis >= -indices.Rank - 1 && Axis <= indices.Rank ? Axis < 0 ? Axis + indices.Rank + 1 : Axis
        : throw new LiveCamException($"axis {Axis} does not exist in {indices.Rank + 1} axes");

    private static int Depth(InferCall call)
    {
        Tensor depth = call.Known(1) ?? throw call.Error("its depth has to be a constant, but is computed at run time");
        if (depth.Count != 1 || !depth.Type.IsNumber())
            throw call.Error($"its depth is {depth.Type} {depth.Shape}, but one number is expected");
        double number = NumberTypes.Call<Numbers, double[]>(depth.Type, new(depth))[0];
        return number is >= 0 and <= int.MaxValue ? (int)number : throw call.Error($"its depth {number} is no extent");
    }

    private readonly struct Numbers(Tensor tensor) : INumberAction<double[]>
    {
        public double[] Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => Array.ConvertAll(tensor.Span<T>().ToArray(), double.CreateSaturating);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand indices = call.Input(0), values = call.Input(2), y = call.Output(0);
        Shape shape = indices.Format.Shape;
        int at = At(shape), depth = y.Format.Shape[at], inner = shape.CountOf(at, shape.Rank), size = y.Format.Type.Size();
        var places = new int[y.Format.Shape.ElementCount];
        CpuStep find = NumberTypes.Call<Finding, CpuStep>(indices.Format.Type, new(indices, places, depth, inner));
        return places.Length == 0 ? CpuStep.None : find.Then(CpuStep.Of(1, (_, _, _) => IndexedElements.Gather(size, places, 0, places.Length, values.Pointer, y.Pointer)));
    }

    private readonly struct Finding(Operand indices, int[] places, int depth, int inner) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (Operand from, int[] to, int extent, int step) = (indices, places, depth, inner);
            int count = from.Format.Shape.ElementCount;
            return CpuStep.Of(1, (_, _, _) =>
            {
                to.AsSpan().Clear();
                for (int i = 0; i < count; i++)
                {
                    double index = double.CreateSaturating(from.As<T>()[i]);
                    if (index >= -extent && index < extent)
                        to[(i / step * extent + (int)(index < 0 ? index + extent : index)) * step + i % step] = 1;
                }
            });
        }
    }

    /// <summary>Indices and values as floats; known integers are packed as such.</summary>
    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand y = call.Output(0);
        Shape shape = call.InputInfo(0).Shape;
        int at = At(shape), count = shape.ElementCount;
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        Pack pack = (source, packed) =>
        {
            double[] numbers = NumberTypes.Call<Numbers, double[]>(source.Type, new(source));
            for (int i = 0; i < numbers.Length; i++)
                packed[i] = (float)numbers[i];
        };
        bool packs = call.InputInfo(0).Type != ElementType.Float32;
        return [new ShaderBuilder("one_hot.comp", "plain").Bind(packs ? new Binding.Derived(0, "gl numbers", count, pack, 0, count * 4L) : new Binding.Input(0))
            .Bind(new Binding.Input(2)).Bind(new Binding.Output(0)).Define(
                ("COUNT", y.Format.Shape.ElementCount), ("DEPTH", y.Format.Shape[at]), ("INNER", shape.CountOf(at, shape.Rank)),
                ("X_OFFSET", packs ? 0 : call.Input(0).Offset), ("V_OFFSET", call.Input(2).Offset), ("Y_OFFSET", y.Offset)).OverThreads(y.Format.Shape.ElementCount, 64)];
    }
}
