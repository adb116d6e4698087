using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Defines and bindings of include/epilogue.glsl: where a matrix kernel writes and what it adds before.</summary>
/// <param name="Y">Output 0.</param>
/// <param name="Pitch">Elements from one row (pixel) of the output to the next.</param>
/// <param name="Columns">Channels of one group; groups follow each other.</param>
/// <param name="Bias">Index of the bias input, or -1.</param>
/// <param name="Residual">Index of the residual input (the output's shape and layout), or -1.</param>
internal sealed record EpilogueShader(GlCall Call, GlOperand Y, int Pitch, int Columns, Activation Activation, int Bias = -1, int Residual = -1)
{
    /// <summary>Where the bias is not simply its input: what is bound in its place.</summary>
    public Binding? BiasBinding { get; init; }

    /// <summary>Which pixel of the output row p is, as an expression; null for p itself.</summary>
    public string? Pixel { get; init; }

    /// <summary>Which element of the output channel k of row p is, as an expression; null for pixels with neighbouring channels.</summary>
    public string? Element { get; init; }

    /// <summary>The bias's element for the first column.</summary>
    public int BiasOffset { get; init; }

    /// <summary>Adds the output, bias and residual to a dispatch, behind what is bound already.</summary>
    /// <param name="quads">False for kernels that finish single channels.</param>
    public ShaderBuilder AddTo(ShaderBuilder shader, bool quads = true)
    {
        GlOperand residual = Residual < 0 ? Y : Call.Input(Residual);
        bool constant = Residual >= 0 && Call.Parameter(Residual) is not null;
        int residualPitch = Residual < 0 ? Pitch : constant ? (residual.Format.Shape[1] + 3) / 4 * 4 : residual.Format.Pitch;
        bool vectors = quads && Element is null && Columns % 4 == 0 && Pitch % 4 == 0 && Y.Offset % 4 == 0 && residualPitch % 4 == 0 && residual.Offset % 4 == 0;
        shader.Define(("OUT_VEC", vectors ? 1 : 0), ("Y_PITCH", Pitch), ("Y_OFFSET", Y.Offset));
        if (Pixel is not null)
            shader.Define("Y_PIXEL(p)", Pixel);
        if (Element is not null)
            shader.Define("Y_AT(p, k)", Element);
        shader.Bind(new Binding.Output(0), "Y_BINDING");
        if (Bias >= 0)
            shader.Define("BIAS_OFFSET", Call.Input(Bias).Offset + BiasOffset).Bind(BiasBinding ?? new Binding.Input(Bias), "BIAS_BINDING");
        if (Residual >= 0)
        {
            shader.Define(("RESIDUAL_PITCH", residualPitch), ("RESIDUAL_OFFSET", residual.Offset));
            shader.Bind(constant ? Pixels(residual.Format.Shape, residualPitch) : new Binding.Input(Residual), "RESIDUAL_BINDING");
        }
        return shader.Define("ACTIVATE(x)", ActivationShader.Expression(Activation, "x"));
    }

    /// <summary>A parameter brought from row-major into channels-last order.</summary>
    private unsafe Binding.Derived Pixels(Shape shape, int pitch)
    {
        (int n, int channels, int pixels) = (shape[0], shape[1], shape.CountOf(2, shape.Rank));
        long floats = (long)n * pixels * pitch;
        return new(Residual, "gl pixels", floats, (source, packed) =>
        {
            ReadOnlySpan<float> values = source.Span<float>();
            for (int plane = 0, from = 0; plane < n * channels; plane++)
                for (int pixel = 0; pixel < pixels; pixel++, from++)
                    packed[((long)(plane / channels) * pixels + pixel) * pitch + plane % channels] = values[from];
        }, 0, floats * 4);
    }
}
