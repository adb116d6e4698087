using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Matrix products over the last two axes, the axes before broadcast; a vector is a row on the left, a column on the right.</summary>
internal sealed partial record MatMul : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape a = call.Shape(0), b = call.Shape(1);
        if (call.Type(0) != ElementType.Float32 || call.Type(1) != ElementType.Float32)
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but it runs in Float32");
        if (a.Rank == 0 || b.Rank == 0)
            throw call.Error("a scalar is no matrix");
        Product product = Product.Of(a, b);
        if (product.Depth != (b.Rank > 1 ? b[b.Rank - 2] : b[0]) || product.Batch is null)
            throw call.Error($"its inputs {a} and {b} do not fit");
        call.Output(0, ElementType.Float32, product.Output(a, b));
    }

    public override void Gradient(GradientCall call)
    {
        (Value a, Value b, Value dy) = (call.Input(0), call.Input(1), call.OutputGradient());
        if (call.Wants(0))
            call[0] = call.Add(new MatMulLeftGradient(), dy, b, a);
        if (call.Wants(1))
            call[1] = call.Add(new MatMulRightGradient(), a, dy, b);
    }

    public override Cost Cost(InferCall call)
    {
        Product product = Product.Of(call.Shape(0), call.Shape(1));
        return new(2L * call.OutputShape(0).ElementCount * product.Depth);
    }

    /// <summary>The matrices in two shapes: rows, depth and columns of each product, and the broadcast batch (null: they do not fit).</summary>
    internal sealed record Product(int Rows, int Depth, int Columns, int[]? Batch)
    {
        public static Product Of(Shape a, Shape b)
        {
            int[] left = [.. a.Take(Math.Max(0, a.Rank - 2))], right = [.. b.Take(Math.Max(0, b.Rank - 2))];
            var batch = new int[Math.Max(left.Length, right.Length)];
            bool fits = true;
            for (int i = 1; i <= batch.Length; i++)
            {
                int x = i <= left.Length ? left[^i] : 1, y = i <= right.Length ? right[^i] : 1;
                fits &= x == y || x == 1 || y == 1;
                batch[^i] = x == 1 ? y : x;
            }
            return new(a.Rank > 1 ? a[a.Rank - 2] : 1, a[a.Rank - 1], b.Rank > 1 ? b[b.Rank - 1] : 1, fits ? batch : null);
        }

        public Shape Output(Shape a, Shape b) =>
            Shape.Create([.. Batch!, .. a.Rank > 1 ? new[] { Rows } : [], .. b.Rank > 1 ? new[] { Columns } : []]);

        /// <summary>For each product of the batch, which matrix of an input it takes.</summary>
        public int[] Matrices(Shape input)
        {
            int[] own = [.. input.Take(Math.Max(0, input.Rank - 2))];
            int[] batch = Batch ?? [];
            var matrices = new int[batch.Aggregate(1, (product, extent) => product * extent)];
            for (int i = 0; i < matrices.Length; i++)
            {
                int rest = i, stride = 1;
                for (int axis = 1; axis <= batch.Length; axis++)
                {
                    int at = rest % batch[^axis];
                    rest /= batch[^axis];
                    if (axis > own.Length)
                        continue;
                    matrices[i] += (own[^axis] == 1 ? 0 : at) * stride;
                    stride *= own[^axis];
                }
            }
            return matrices;
        }
    }
}
