using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The sum of products that an equation names ("bij,bjk->bik"): a letter is an axis, letters that the result lacks are summed over, a
/// letter twice in one input is its diagonal, "..." are axes that are broadcast. It runs on the host.
/// </summary>
internal sealed partial record Einsum(string Equation) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new Einsum(node.String("equation", "").Replace(" ", ""));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("equation", Equation);

    public override void Infer(InferCall call)
    {
        call.Arity(1, int.MaxValue);
        for (int i = 0; i < call.InputCount; i++)
            if (!call.Type(i).IsNumber() || call.Type(i) != call.Type(0))
                throw call.Error($"its input {i} is {call.Type(i)}, but all of one numeric type are expected");
        Loops loops = Loops.Of(Equation, [.. Enumerable.Range(0, call.InputCount).Select(call.Shape)], call.Error);
        call.Output(0, call.Type(0), Shape.Create(loops.Kept));
    }

    public override Cost Cost(InferCall call)
    {
        Loops loops = Loops.Of(Equation, [.. Enumerable.Range(0, call.InputCount).Select(call.Shape)], call.Error);
        return new((long)call.InputCount * call.OutputShape(0).ElementCount * loops.Summed.Aggregate(1, (product, extent) => product * extent));
    }

    /// <remarks>Of a product, what comes back times the other factors: another such sum, where each axis of an input is one of the result or of another input.</remarks>
    public override void Gradient(GradientCall call)
    {
        string[] sides = Equation.Split("->");
        string[] terms = sides[0].Split(',');
        string result = sides.Length == 2 ? sides[1] : Implied(terms);
        if (Equation.Contains('.') || terms.Any(term => term.Distinct().Count() != term.Length))
        {
            call.None();
            return;
        }
        for (int i = 0; i < terms.Length; i++)
        {
            if (!call.Wants(i))
                continue;
            string[] others = [.. terms.Where((_, j) => j != i)];
            if (terms[i].Any(letter => !result.Contains(letter) && !others.Any(other => other.Contains(letter))))
                call.None();
            else
                call[i] = call.Add(new Einsum($"{string.Join(',', [result, .. others])}->{terms[i]}"), [call.OutputGradient(), .. call.Node.Inputs.Where((_, j) => j != i)]);
        }
    }

    /// <summary>Without an arrow the result has the letters that are there once, in the order of the alphabet.</summary>
    private static string Implied(string[] terms) => string.Concat(string.Concat(terms).Where(char.IsLetter).GroupBy(letter => letter)
        .Where(group => group.Count() == 1).Select(group => group.Key).Order());

    public override CpuStep Prepare(CpuCall call) => NumberTypes.Call<Step, CpuStep>(call.Output(0).Format.Type, new(
        Loops.Of(Equation, [.. Enumerable.Range(0, call.InputCount).Select(i => call.InputInfo(i).Shape)], facts => new LiveCamException(facts)),
        [.. Enumerable.Range(0, call.InputCount).Select(call.Input)], call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    private readonly struct Step(Loops loops, Operand[] inputs, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (Loops over, Operand[] factors, Operand output) = (loops, inputs, y);
            int summed = over.Summed.Aggregate(1, (product, extent) => product * extent);
            return Quantization.Over(y.Format.Shape.ElementCount, i =>
            {
                T sum = T.Zero;
                for (int j = 0; j < summed; j++)
                {
                    T product = T.One;
                    for (int f = 0; f < factors.Length; f++)
                        product *= factors[f].As<T>()[Loops.Offset(i, over.Kept, over.KeptStrides[f]) + Loops.Offset(j, over.Summed, over.SummedStrides[f])];
                    sum += product;
                }
                output.As<T>()[i] = sum;
            });
        }
    }

    /// <summary>The axes of the result and those summed over, and every input's strides along both.</summary>
    private sealed record Loops(int[] Kept, int[] Summed, long[][] KeptStrides, long[][] SummedStrides)
    {
        public static long Offset(int number, int[] extents, long[] strides)
        {
            long offset = 0;
            for (int axis = extents.Length - 1; axis >= 0; number /= extents[axis], axis--)
                offset += number % extents[axis] * strides[axis];
            return offset;
        }

        public static Loops Of(string equation, Shape[] shapes, Func<string, LiveCamException> error)
        {
            string[] sides = equation.Split("->");
            string[] terms = sides[0].Split(',');
            if (sides.Length > 2 || terms.Length != shapes.Length || equation.Replace("->", "").Replace("...", "").Any(letter => !char.IsAsciiLetter(letter) && letter != ','))
                throw error($"its equation \"{equation}\" does not fit {shapes.Length} inputs");
            // Broadcast axes get digits, counted from the last.
            int dots = terms.Zip(shapes).Max(pair => pair.First.Contains("...") ? pair.Second.Rank - (pair.First.Length - 3) : 0);
            string Spelled(string term, int rank) => term.Replace("...", string.Concat(Enumerable.Range(0, Math.Max(0, rank - (term.Length - 3))).Select(i => (char)('0' + rank - (term.Length - 3) - 1 - i))));
            string[] spelled = [.. terms.Select((term, i) => Spelled(term, shapes[i].Rank))];
            string all = string.Concat(Enumerable.Range(0, dots).Select(i => (char)('0' + dots - 1 - i)));
            string result = sides.Length == 2 ? sides[1].Replace("...", all) : all + Implied(terms);
            var extents = new Dictionary<char, int>();
            for (int i = 0; i < shapes.Length; i++)
            {
                if (spelled[i].Length != shapes[i].Rank)
                    throw error($"its equation \"{equation}\" names {spelled[i].Length} axes of input {i}, which has shape {shapes[i]}");
                for (int axis = 0; axis < shapes[i].Rank; axis++)
                {
                    int known = extents.GetValueOrDefault(spelled[i][axis], 1), extent = shapes[i][axis];
                    if (known != extent && known != 1 && extent != 1)
                        throw error($"axis '{spelled[i][axis]}' of its equation \"{equation}\" is {known} and {extent}");
                    extents[spelled[i][axis]] = Math.Max(known, extent);
                }
            }
            if (result.Distinct().Count() != result.Length || result.Any(letter => !extents.ContainsKey(letter)) || result.Length > Shape.MaxRank)
                throw error($"the result of its equation \"{equation}\" names an axis twice, or one that no input has");
            char[] summed = [.. extents.Keys.Where(letter => !result.Contains(letter))];
            long[][] Strides(IEnumerable<char> letters) => [.. shapes.Select((shape, i) =>
                letters.Select(letter => Enumerable.Range(0, shape.Rank).Where(axis => spelled[i][axis] == letter && shape[axis] > 1).Sum(axis => (long)shape.RowMajorStrides()[axis])).ToArray())];
            return new([.. result.Select(letter => extents[letter])], [.. summed.Select(letter => extents[letter])], Strides(result), Strides(summed));
        }
    }
}
