using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The numbers from the first input on, by steps of the third, up to the second, which is left out. All three have to be constants, as they shape what follows.</summary>
internal sealed record NumberRange : KnownOutput
{
    // They are counted while shapes are found, before anything has asked for memory.
    private const int Most = 1 << 24;

    public override string Name => "Range";

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        ElementType type = call.Type(0);
        for (int i = 0; i < 3; i++)
            if (call.Type(i) != type || !type.IsNumber() || call.Shape(i).ElementCount != 1)
                throw call.Error($"its input {i} is {call.Type(i)} {call.Shape(i)}, but three numbers of one type are expected");
            else if (call.Known(i) is null)
                throw call.Error("its bounds and step have to be constants, but one is computed at run time");
        Tensor numbers = NumberTypes.Call<Counting, Tensor>(type, new(call));
        call.Output(0, type, numbers.Shape, numbers);
    }

    private readonly struct Counting(InferCall call) : INumberAction<Tensor>
    {
        public Tensor Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (T start, T limit, T step) = (call.Known(0)!.Span<T>()[0], call.Known(1)!.Span<T>()[0], call.Known(2)!.Span<T>()[0]);
            double count = T.IsZero(step) ? double.NaN : Math.Max(0, Math.Ceiling((double.CreateChecked(limit) - double.CreateChecked(start)) / double.CreateChecked(step)));
            if (!(count <= Most))
                throw call.Error($"from {start} to {limit} by {step} are no numbers, or more than {Most}");
            var numbers = new T[(int)count];
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = start + T.CreateChecked(i) * step;
            return Tensor.Of<T>([numbers.Length], numbers);
        }
    }
}
