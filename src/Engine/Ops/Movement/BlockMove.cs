using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What depth to space and its reverse share: the elements of a block of <paramref name="Size"/> x <paramref name="Size"/> pixels on one
/// side are as many channels of one pixel on the other. One strided copy.
/// </summary>
/// <param name="ColumnFirst">Whether the channel of the block, not the place in it, changes slowest along the deep side's channels (ONNX mode CRD; else DCR).</param>
internal abstract record BlockMove(int Size, bool ColumnFirst) : Op
{
    private const int Largest = 1 << 12;

    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reads;

    /// <summary>The deep form's shape from the wide one's.</summary>
    private protected Shape Deep(InferCall call, Shape wide)
    {
        if (wide.Rank != 4 || Size is < 1 or > Largest || wide[2] % Size != 0 || wide[3] % Size != 0)
            throw call.Error($"its input {wide} is no N,C,H,W of which H and W are multiples of {Size}");
        return Shape.FromLongs([wide[0], (long)wide[1] * Size * Size, wide[2] / Size, wide[3] / Size]);
    }

    /// <summary>The wide form's shape from the deep one's.</summary>
    private protected Shape Wide(InferCall call, Shape deep)
    {
        if (deep.Rank != 4 || Size is < 1 or > Largest || deep[1] % ((long)Size * Size) != 0)
            throw call.Error($"its input {deep} is no N,C,H,W of which C is a multiple of {(long)Size * Size}");
        return Shape.FromLongs([deep[0], deep[1] / Size / Size, (long)deep[2] * Size, (long)deep[3] * Size]);
    }

    /// <summary>Loops over N, C, H, block row, W, block column; the target's strides first.</summary>
    private LoopNest Nest(MemoryFormat from, MemoryFormat to)
    {
        Shape wide = from.Shape[2] > to.Shape[2] || from.Shape[3] > to.Shape[3] ? from.Shape : to.Shape;
        int channels = wide[1];
        (int place, int channel) = ColumnFirst ? (1, Size * Size) : (channels, 1);
        long[] Strides(MemoryFormat form)
        {
            long[] own = form.Strides;
            return form.Shape == wide
                ? [own[0], own[1], own[2] * Size, own[2], own[3] * Size, own[3]]
                : [own[0], own[1] * channel, own[2], own[1] * place * Size, own[3], own[1] * place];
        }
        return LoopNest.Over([wide[0], channels, wide[2] / Size, Size, wide[3] / Size, Size], [Strides(to), Strides(from)]);
    }

    public override CpuStep Prepare(CpuCall call) =>
        call.Output(0).Format.Shape.ElementCount == 0 ? CpuStep.None : Movement.Copy(call.Input(0), call.Output(0), Nest(call.Input(0).Format, call.Output(0).Format));

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        return y.Format.Shape.ElementCount == 0 ? [Movement.Nothing] : Movement.CopyShaders(x, y, Nest(x.Format, y.Format));
    }
}

/// <summary>Channels to pixels: N,C,H,W becomes N,C/s²,sH,sW.</summary>
internal sealed record DepthToSpace(int Size, bool ColumnFirst = false) : BlockMove(Size, ColumnFirst)
{
    public static Op FromOnnx(OnnxNode node) => new DepthToSpace(node.Int32("blocksize", 0), node.String("mode", "DCR") switch
    {
        "DCR" => false,
        "CRD" => true,
        var other => throw node.Error($"its mode is \"{other}\", which is neither DCR nor CRD"),
    });

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("blocksize", Size).Set("mode", ColumnFirst ? "CRD" : "DCR");

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, call.Type(0), Wide(call, call.Shape(0)));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new SpaceToDepth(Size, ColumnFirst), call.OutputGradient());
}

/// <summary>Pixels to channels: N,C,H,W becomes N,Cs²,H/s,W/s. ONNX has it with the place in the block slowest alone.</summary>
internal sealed record SpaceToDepth(int Size, bool ColumnFirst = false) : BlockMove(Size, ColumnFirst)
{
    public static Op FromOnnx(OnnxNode node) => new SpaceToDepth(node.Int32("blocksize", 0));

    public override void ToOnnx(OnnxCall call)
    {
        if (ColumnFirst)
            throw call.Error("it puts the channel of the block first, which ONNX has no operator for");
        call.Write(Name).Set("blocksize", Size);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, call.Type(0), Deep(call, call.Shape(0)));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new DepthToSpace(Size, ColumnFirst), call.OutputGradient());
}
