using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Elements put to the places that indices name, over a value that is there or over zeros.</summary>
/// <param name="Reduction">How what comes is put together with what is there; several to one place follow each other in order.</param>
internal abstract record Scatter(ScatterReduction Reduction) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    /// <summary>The inputs: what is written over (-1 for zeros), the indices and the elements.</summary>
    private protected virtual (int Data, int Indices, int Updates) Inputs => (0, 1, 2);

    /// <summary>For every element of the updates the element of the output it goes to.</summary>
    /// <exception cref="LiveCamException">An index lies outside.</exception>
    private protected abstract void Find(Shape y, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places);

    private void Checked(string node, Shape y, Shape indexShape, ReadOnlySpan<long> indices, Span<int> places)
    {
        try
        {
            Find(y, indexShape, indices, places);
        }
        catch (LiveCamException error)
        {
            throw IndexedCopy.Named(node, error);
        }
    }

    /// <summary>Checks types; the shapes are the operation's own matter.</summary>
    private protected void CheckTypes(InferCall call)
    {
        (int data, int indices, int updates) = Inputs;
        if (data >= 0 && call.Type(data) != call.Type(updates))
            throw call.Error($"it puts {call.Type(updates)} into {call.Type(data)}");
        if (!Indices.IsIndex(call.Type(indices)))
            throw call.Error($"its indices are {call.Type(indices)}, but int32 or int64 is expected");
        if (Reduction != ScatterReduction.None && !call.Type(updates).IsNumber())
            throw call.Error($"elements of type {call.Type(updates)} cannot be put together by {Reduction}");
    }

    private protected static ScatterReduction ReductionOf(OnnxNode node) => node.String("reduction", "none") switch
    {
        "none" => ScatterReduction.None,
        "add" => ScatterReduction.Add,
        "mul" => ScatterReduction.Mul,
        "max" => ScatterReduction.Max,
        "min" => ScatterReduction.Min,
        var other => throw node.Error($"its reduction is \"{other}\", which is none of none, add, mul, max and min"),
    };

    /// <remarks>Operator set 17 cannot take the larger or smaller of two.</remarks>
    private protected OnnxWriter WriteReduction(OnnxCall call) => Reduction switch
    {
        ScatterReduction.None => call.Write(Name),
        ScatterReduction.Add => call.Write(Name).Set("reduction", "add"),
        ScatterReduction.Mul => call.Write(Name).Set("reduction", "mul"),
        _ => throw call.Error($"it puts elements together by {Reduction}, which ONNX has only since operator set 18"),
    };

    /// <summary>The output, then the updates one after the other: their order counts.</summary>
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        (int dataInput, int indexInput, int updateInput) = Inputs;
        Operand index = call.Input(indexInput), updates = call.Input(updateInput), y = call.Output(0);
        (Shape to, Shape at) = (y.Format.Shape, index.Format.Shape);
        var indices = new long[at.ElementCount];
        var places = new int[updates.Format.Shape.ElementCount];
        string node = $"{Name} \"{call.Node.Name}\"";
        CpuStep start = dataInput < 0 ? Movement.Fill(y, 0) : Movement.Copy(call, dataInput, call.Input(dataInput).Format.Strides, 0);
        Action put = Reduction == ScatterReduction.None
            ? () => IndexedElements.Scatter(y.Format.Type.Size(), places, updates.Pointer, y.Pointer)
            : NumberTypes.Call<Reducing, Action>(y.Format.Type, new(Reduction, places, updates, y));
        return start.Then(CpuStep.Of(places.Length == 0 ? 0 : 1, (_, _, _) =>
        {
            Indices.Read(index, indices);
            Checked(node, to, at, indices, places);
            put();
        }));
    }

    private readonly struct Reducing(ScatterReduction reduction, int[] places, Operand updates, Operand y) : INumberAction<Action>
    {
        public unsafe Action Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (ScatterReduction how, int[] where, Operand from, Operand to) = (reduction, places, updates, y);
            return () => IndexedElements.Scatter(how, where, from.As<T>(), to.As<T>());
        }
    }

    /// <summary>Indices known when the plan is made are listed by the place they name; others are looked up on the host.</summary>
    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        (int dataInput, int indexInput, int updateInput) = Inputs;
        GlOperand y = call.Output(0), updates = call.Input(updateInput);
        Shape to = y.Format.Shape;
        if (to.ElementCount == 0)
            return [Movement.Nothing];
        if (call.Parameter(indexInput) is null || call.InputInfo(indexInput).Known is null)
            return [];
        string node = $"{Name} \"{call.Node.Name}\"";
        int count = updates.Format.Shape.ElementCount, words = CopyLists.Length(to.ElementCount, count);
        Pack pack = (source, packed) =>
        {
            var places = new int[count];
            Checked(node, to, source.Shape, Indices.Of(source), places);
            CopyLists.Fill(to.ElementCount, places, new Span<int>(packed, words));
        };
        ShaderBuilder shader = new ShaderBuilder("scatter.comp", "plain").Bind(new Binding.Input(updateInput))
            .Bind(new Binding.Derived(indexInput, $"gl lists of {this} in {to}", words, pack, 0, words * 4L)).Bind(new Binding.Output(0))
            .Define(("COUNT", to.ElementCount), ("U_OFFSET", updates.Offset), ("Y_OFFSET", y.Offset)).Define("PUT(a, b)", Expression);
        if (dataInput >= 0)
            shader.Bind(new Binding.Input(dataInput), "X_BINDING").Define("X_OFFSET", call.Input(dataInput).Offset);
        return [shader.OverThreads(to.ElementCount, 64)];
    }

    private string Expression => Reduction switch
    {
        ScatterReduction.Add => "((a) + (b))",
        ScatterReduction.Mul => "((a) * (b))",
        ScatterReduction.Max => "max(a, b)",
        ScatterReduction.Min => "min(a, b)",
        _ => "(b)",
    };
}
