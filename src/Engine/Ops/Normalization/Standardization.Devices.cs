using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal abstract partial record Standardization
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        Grouping groups = Groups(call.Infer());
        int count = groups.Count, number = groups.Groups;
        if (x.Format.Shape.ElementCount == 0)
            return CpuStep.None;
        T[] Ordered<T>(T[] values) => Array.ConvertAll(groups.Order(x.Format), axis => values[axis]);
        int[] extents = Ordered(groups.Extents.Span.ToArray());
        bool[] reduced = Ordered(groups.Reduced);
        long[] from = Ordered(groups.Along(x.Format)), to = Ordered(groups.Along(y.Format)), statistic = Ordered(groups.Statistic()), strides = Ordered(groups.Scale);
        Operand? scale = call.Has(1) ? call.Input(1) : null, shift = call.Has(2) ? call.Input(2) : null;
        Operand? centers = Centers ? call.Wants(1) ? call.Output(1) : call.Workspace(number) : null;
        Operand factors = call.Wants(2) ? call.Output(2) : call.Workspace(number);
        CpuStep Reduced(ReductionKind kind, Operand result)
        {
            var kernel = new Reduction(call.Width, kind, extents, reduced, from, statistic);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, result.Floats, kind == ReductionKind.Variance ? centers!.Floats : null));
        }
        CpuStep measured = CpuStep.Of(1, (_, _, _) =>
        {
            for (int i = 0; i < number; i++)
                factors.Floats[i] = (float)Factor(factors.Floats[i], count);
        });
        var apply = new Standardize(call.Width, extents, from, statistic, strides, to);
        return CpuStep.InTurn([
            .. Centers ? new[] { Reduced(ReductionKind.Mean, centers!) } : [],
            Reduced(Measure, factors),
            measured,
            CpuStep.Of(apply.Rows, (begin, end, _) => apply.Run(begin, end, x.Floats, centers is null ? null : centers.Floats, factors.Floats,
                scale is null ? null : scale.Floats, shift is null ? null : shift.Floats, y.Floats)),
        ]);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (call.Wants(1) || call.Wants(2))
            return [];
        Grouping groups = Groups(call.Infer());
        long[] statistic = groups.Statistic();
        long bytes = groups.Groups * 4L;
        (Binding Binding, long[] Strides, long Offset) centers = (new Binding.Workspace(0, bytes), statistic, 0), measured = (new Binding.Workspace(1, bytes), statistic, 0);
        LoopNest nest = LoopNest.Over(groups.Extents, groups.Order(y.Format), [groups.Along(y.Format), groups.Along(x.Format), statistic, groups.Scale]);
        List<StridedShader.Walk> walks = [new("Y", 0, y.Offset), new("X", 1, x.Offset), new("V", 2, 0)];
        List<Binding> bindings = [new Binding.Output(0), new Binding.Input(0), measured.Binding];
        List<(string, string)> defines = [("FACTOR", FactorShader(groups.Count))];
        void Bind(string name, int operand, long offset, Binding binding)
        {
            walks.Add(new(name, operand, offset));
            defines.Add(($"{name}_BLOCK", StridedShader.Text((long)bindings.Count)));
            bindings.Add(binding);
        }
        if (Centers)
            Bind("M", 2, 0, centers.Binding);
        if (call.Has(1))
            Bind("S", 3, call.Input(1).Offset, new Binding.Input(1));
        if (call.Has(2))
            Bind("B", 3, call.Input(2).Offset, new Binding.Input(2));
        ShaderCall apply = StridedShader.Call("standardize.comp", nest, walks.ToArray(), bindings, defines.ToArray());
        var elements = new ReduceShader.Elements(groups.Extents, groups.Order(x.Format), groups.Along(x.Format), x.Offset);
        IReadOnlyList<ShaderCall> spread = ReduceShader.List(call, Measure, elements, groups.Reduced, measured, Measure == ReductionKind.Variance ? centers : null);
        return !Centers ? spread.Select(second => second with { Next = apply })
            : ReduceShader.List(call, ReductionKind.Mean, elements, groups.Reduced, centers).Zip(spread, (first, second) => first with { Next = second with { Next = apply } });
    }
}
