using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Dropout while training: each element is 0 with probability <paramref name="Ratio"/>, else divided by the rest (Srivastava et al.
/// 2014); per sample, all of a picture together (stochastic depth, Huang et al. 2016). Inputs: x, step (one number, whole, below
/// 2^24): what is dropped is a function of seed, step and the element's place, so nothing is kept for the way back.
/// </summary>
internal sealed record RandomDropout(float Ratio, bool PerSample, uint Seed) : Op
{
    private const int UnitElements = 8192;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0).Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {call.Shape(0)}, but Float32 with at least one axis is expected");
        if (call.Type(1) != ElementType.Float32 || call.Shape(1).ElementCount != 1)
            throw call.Error($"its step is {call.Type(1)} {call.Shape(1)}, but one Float32 is expected");
        if (Ratio is not (>= 0 and < 1))
            throw call.Error($"it drops {Ratio} of its input, but 0 to less than 1 is possible");
        call.OutputLike(0, 0);
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(this, call.OutputGradient(), call.Input(1));
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), step = call.Input(1), y = call.Output(0);
        Shape shape = x.Format.Shape;
        int[] order = y.Format.AxisOrder, index = shape.RowMajorStrides();
        if (PerSample)
            index = [1, .. new int[shape.Rank - 1]];
        LoopNest nest = LoopNest.Over(y.Format, x.Format.Strides, Array.ConvertAll(index, stride => (long)stride));
        int length = nest.Extents[^1], lines = nest.Count / Math.Max(1, length), linesPerRow = Math.Max(1, UnitElements / Math.Max(1, length));
        long sy = nest.Strides[0][^1], sx = nest.Strides[1][^1], si = nest.Strides[2][^1];
        uint threshold = RandomBits.Threshold(Ratio);
        float kept = 1 / (1 - Ratio);
        return CpuStep.Of(nest.Count == 0 ? 0 : (lines + linesPerRow - 1) / linesPerRow, (begin, end, _) =>
        {
            uint key = RandomBits.Key(Seed, (uint)*step.Floats);
            for (int line = begin * linesPerRow; line < Math.Min(lines, end * linesPerRow); line++)
            {
                long atX = 0, atY = 0, at = 0;
                for (int d = nest.Extents.Length - 2, rest = line; d >= 0; rest /= nest.Extents[d], d--)
                {
                    int i = rest % nest.Extents[d];
                    atY += i * nest.Strides[0][d];
                    atX += i * nest.Strides[1][d];
                    at += i * nest.Strides[2][d];
                }
                float* from = x.Floats + atX, to = y.Floats + atY;
                for (int i = 0; i < length; i++, from += sx, to += sy, at += si)
                    *to = RandomBits.At(key, (uint)at) >> 8 < threshold ? 0 : *from * kept;
            }
        });
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        Shape shape = x.Format.Shape;
        int[] index = shape.RowMajorStrides();
        if (PerSample)
            index = [1, .. new int[shape.Rank - 1]];
        LoopNest nest = LoopNest.Over(y.Format, x.Format.Strides, Array.ConvertAll(index, stride => (long)stride));
        if (nest.Count == 0)
            return [Movement.Nothing];
        return [new ShaderBuilder("random_dropout.comp", "element a thread").Bind(new Binding.Input(0)).Bind(new Binding.Input(1)).Bind(new Binding.Output(0))
            .Define(("COUNT", nest.Count), ("STEP_OFFSET", call.Input(1).Offset))
            .Define("X_AT(i)", StridedShader.Index(nest, new("X", 1, x.Offset))).Define("Y_AT(i)", StridedShader.Index(nest, new("Y", 0, y.Offset)))
            .Define("PLACE(i)", StridedShader.Index(nest, new("I", 2, 0))).Define("SEED", $"{Seed}u").Define("THRESHOLD", $"{RandomBits.Threshold(Ratio)}u")
            .Define("KEPT", StridedShader.Text(1 / (1 - Ratio))).OverThreads(nest.Count, 64)];
    }
}
