using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The coordinates of the elements other than zero: a row per axis, a column per element, in row-major order. The input has to be a constant, as their number shapes what follows.</summary>
internal sealed record NonZero : KnownOutput
{
    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Tensor x = call.Known(0) ?? throw call.Error("its input has to be a constant, but is computed at run time: how much it finds would only be known then");
        if (!x.Type.IsNumber() && x.Type != ElementType.Bool)
            throw call.Error($"its input is {x.Type}, which has no zero");
        int[] found = x.Type == ElementType.Bool ? Places<byte>(x.Bytes.Span) : NumberTypes.Call<Search, int[]>(x.Type, new(x));
        int rank = x.Shape.Rank;
        var places = new long[rank * found.Length];
        for (int i = 0; i < found.Length; i++)
            for (int axis = rank - 1, rest = found[i]; axis >= 0; rest /= x.Shape[axis], axis--)
                places[axis * found.Length + i] = rest % x.Shape[axis];
        Shape shape = [rank, found.Length];
        call.Output(0, ElementType.Int64, shape, Tensor.Of<long>(shape, places));
    }

    private static int[] Places<T>(ReadOnlySpan<T> elements) where T : INumberBase<T>
    {
        var places = new List<int>();
        for (int i = 0; i < elements.Length; i++)
            if (!T.IsZero(elements[i]))
                places.Add(i);
        return [.. places];
    }

    private readonly struct Search(Tensor x) : INumberAction<int[]>
    {
        public int[] Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => Places<T>(x.Span<T>());
    }
}
