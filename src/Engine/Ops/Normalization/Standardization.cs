using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// y = (x - center) / spread * scale + shift: groups of elements are brought to one size. Inputs: x, scale and shift where the operation
/// has them. What differs is which elements are a group, whether their mean is subtracted, and how their spread is measured.
/// </summary>
internal abstract partial record Standardization : Op
{
    /// <summary>Whether the mean of a group is subtracted.</summary>
    private protected virtual bool Centers => true;

    /// <summary>What is measured of a group.</summary>
    private protected virtual ReductionKind Measure => ReductionKind.Variance;

    /// <summary>What an element is multiplied with, from what was measured of its group of <paramref name="count"/> elements.</summary>
    private protected abstract double Factor(double measured, int count);

    /// <summary>The same in GLSL, of v.</summary>
    private protected abstract string FactorShader(int count);

    /// <summary>Which elements are a group.</summary>
    /// <exception cref="LiveCamException">The inputs do not fit each other.</exception>
    private protected abstract Grouping Groups(InferCall call);

    public override void Infer(InferCall call)
    {
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        for (int i = 1; i < call.InputCount; i++)
            if (call.Has(i) && call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but it runs in Float32");
        Grouping groups = Groups(call);
        call.OutputLike(0, 0);
        Shape statistic = Shape.Create([.. call.Shape(0).Select((extent, axis) => axis < groups.Reduced.Length && groups.Reduced[axis] ? 1 : extent)]);
        for (int i = 1; i < 3; i++)
            if (call.Wants(i))
                call.Output(i, ElementType.Float32, HasStatistics ? statistic : throw call.Error($"its output {i} is asked for, but it has one"));
    }

    /// <summary>Whether the means and factors are outputs.</summary>
    private protected virtual bool HasStatistics => false;

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount * (Centers ? 8L : 5L));

    /// <summary>Elements by axes, of which one may be two of the tensor's: channels are split in groups.</summary>
    /// <param name="Extents">The axes.</param>
    /// <param name="Reduced">Along which a group lies.</param>
    /// <param name="Scale">Strides of scale and shift along the axes.</param>
    /// <param name="IsSplit">Whether axes 1 and 2 are the tensor's second.</param>
    private protected sealed record Grouping(Shape Extents, bool[] Reduced, long[] Scale, bool IsSplit = false)
    {
        /// <summary>Elements of a group.</summary>
        public int Count => Extents.Where((_, axis) => Reduced[axis]).Aggregate(1, (product, extent) => product * extent);

        /// <summary>Strides of a form along the axes.</summary>
        public long[] Along(MemoryFormat form)
        {
            long[] own = form.Strides;
            return IsSplit ? [own[0], own[1] * Extents[2], .. own[1..]] : own;
        }

        /// <summary>The axes from the slowest to the fastest in a form's memory.</summary>
        public int[] Order(MemoryFormat form) => !IsSplit ? form.AxisOrder
            : [.. form.AxisOrder.SelectMany(axis => axis == 1 ? new[] { 1, 2 } : [axis > 1 ? axis + 1 : axis])];

        /// <summary>Strides of one number a group, dense, along the axes.</summary>
        public long[] Statistic()
        {
            var strides = new long[Reduced.Length];
            long stride = 1;
            for (int axis = Reduced.Length - 1; axis >= 0; axis--)
            {
                if (Reduced[axis])
                    continue;
                strides[axis] = stride;
                stride *= Extents[axis];
            }
            return strides;
        }

        /// <summary>How many groups there are.</summary>
        public int Groups => Extents.ElementCount / Math.Max(1, Count);
    }
}
