using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Matrix products by their definition.</summary>
internal static class Products
{
    /// <remarks>Terms: the depth, alpha, and beta C.</remarks>
    public static Answer Gemm(Gemm op, Doubles?[] inputs)
    {
        Doubles a = inputs[0]!, b = inputs[1]!;
        (int rows, int depth) = op.TransposeA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        int columns = op.TransposeB ? b.Shape[0] : b.Shape[1];
        Doubles product = Doubles.Of([rows, columns], at =>
        {
            double sum = 0;
            for (int d = 0; d < depth; d++)
                sum += (op.TransposeA ? a[[d, at[0]]] : a[[at[0], d]]) * (op.TransposeB ? b[[at[1], d]] : b[[d, at[1]]]);
            return op.Alpha * sum;
        });
        if (inputs.ElementAtOrDefault(2) is { } c)
            product = Elementwise.Broadcast(product, c, (p, q) => p + op.Beta * q);
        (Func<double, double> activate, double ulps) = References.Of(op.Activation);
        return new(product.Select(activate), depth + 3, ulps);
    }

    /// <summary>A product is linear in either matrix: each element's gradient is what comes back, over what that element alone gives.</summary>
    public static Answer LeftGradient(Doubles dy, Doubles b, Shape a) =>
        new(Alone(a, one => MatMul(one, b).Outputs[0].Data.Zip(dy.Data, (y, r) => y * r).Sum()), dy.Count);

    /// <inheritdoc cref="LeftGradient"/>
    public static Answer RightGradient(Doubles a, Doubles dy, Shape b) =>
        new(Alone(b, one => MatMul(a, one).Outputs[0].Data.Zip(dy.Data, (y, r) => y * r).Sum()), dy.Count);

    private static Doubles Alone(Shape shape, Func<Doubles, double> gives)
    {
        var result = new Doubles(shape);
        for (int i = 0; i < result.Count; i++)
        {
            var one = new Doubles(shape);
            one.Data[i] = 1;
            result.Data[i] = gives(one);
        }
        return result;
    }

    /// <remarks>Terms: the depth.</remarks>
    public static Answer MatMul(Doubles a, Doubles b)
    {
        bool row = a.Rank == 1, column = b.Rank == 1;
        if (row)
            a = a.Reshaped([1, a.Shape[0]]);
        if (column)
            b = b.Reshaped([b.Shape[0], 1]);
        int depth = a.Shape[a.Rank - 1], rank = Math.Max(a.Rank, b.Rank);
        var extents = new int[rank];
        for (int i = 0; i < rank - 2; i++)
            extents[i] = Math.Max(Batch(a, i, rank), Batch(b, i, rank));
        (extents[^2], extents[^1]) = (a.Shape[a.Rank - 2], b.Shape[b.Rank - 1]);
        Doubles y = Doubles.Of(Shape.Create(extents), at =>
        {
            int[] left = Matrix(a, at), right = Matrix(b, at);
            (left[^2], right[^1]) = (at[^2], at[^1]);
            double sum = 0;
            for (int d = 0; d < depth; d++)
            {
                (left[^1], right[^2]) = (d, d);
                sum += a[left] * b[right];
            }
            return sum;
        });
        return new(y.Reshaped(Shape.Create([.. extents[..^2], .. row ? [] : new[] { extents[^2] }, .. column ? [] : new[] { extents[^1] }])), depth);
    }

    /// <summary>Every assignment of numbers to letters adds its product to the result's element; "..." are letters of their own, from the last axis on.</summary>
    /// <remarks>Terms: the products of one sum.</remarks>
    public static Answer Einsum(string equation, Doubles?[] inputs)
    {
        string[] sides = equation.Split("->"), terms = sides[0].Split(',');
        terms = [.. terms.Select((term, i) => term.Replace("...", "ZYXW"[(4 - (inputs[i]!.Rank - term.Replace("...", "").Length))..]))];
        string all = string.Concat(terms);
        string dots = string.Concat("ZYXW".Where(all.Contains));
        string result = sides.Length > 1 ? sides[1].Replace("...", dots) : dots + string.Concat(all.Where(letter => all.Count(other => other == letter) == 1).Order());
        char[] letters = [.. result, .. all.Where(letter => !result.Contains(letter)).Distinct()];
        int Extent(char letter) => terms.SelectMany((term, i) => term.Select((other, axis) => other == letter ? inputs[i]!.Shape[axis] : 1)).Max();
        var y = new Doubles(Shape.Create([.. result.Select(Extent)]));
        Doubles.Of(Shape.Create([.. letters.Select(Extent)]), at =>
        {
            double product = 1;
            for (int i = 0; i < terms.Length; i++)
                product *= inputs[i]![[.. terms[i].Select((letter, axis) => inputs[i]!.Shape[axis] == 1 ? 0 : at[Array.IndexOf(letters, letter)])]];
            int index = 0;
            for (int axis = 0; axis < result.Length; axis++)
                index = index * y.Shape[axis] + at[axis];
            return y.Data[index] += product;
        });
        return new(y, letters.Skip(result.Length).Aggregate(terms.Length, (count, letter) => count * Extent(letter)));
    }

    private static int Batch(Doubles x, int axis, int rank) => axis < rank - x.Rank ? 1 : x.Shape[axis - (rank - x.Rank)];

    private static int[] Matrix(Doubles x, int[] at)
    {
        var own = new int[x.Rank];
        for (int i = 0; i < x.Rank - 2; i++)
            own[i] = x.Shape[i] == 1 ? 0 : at[i + at.Length - x.Rank];
        return own;
    }
}
