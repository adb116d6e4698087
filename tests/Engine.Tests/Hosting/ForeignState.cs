using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Hosting;

/// <summary>A host's OpenGL with an odd value in every place that a context has: set once, read as text as often as wanted, and taken back.</summary>
internal sealed unsafe class ForeignState : IDisposable
{
    private const int Units = 16, Blocks = 24, UniformBlocks = 12, Counters = 4, ImageUnits = 8, Feedbacks = 4;

    private static readonly GLEnum[] Switches =
    [
        GLEnum.Blend, GLEnum.ScissorTest, GLEnum.DepthTest, GLEnum.CullFace, GLEnum.StencilTest, GLEnum.FramebufferSrgb, GLEnum.ColorLogicOp, GLEnum.DepthClamp,
        GLEnum.Dither, GLEnum.LineSmooth, GLEnum.Multisample, GLEnum.PolygonOffsetFill, GLEnum.PolygonOffsetLine, GLEnum.PolygonOffsetPoint, GLEnum.PolygonSmooth,
        GLEnum.PrimitiveRestart, GLEnum.PrimitiveRestartFixedIndex, GLEnum.RasterizerDiscard, GLEnum.SampleAlphaToCoverage, GLEnum.SampleAlphaToOne, GLEnum.SampleCoverage,
        GLEnum.SampleMask, GLEnum.SampleShading, GLEnum.TextureCubeMapSeamless, GLEnum.ProgramPointSize, GLEnum.ClipDistance0, GLEnum.ClipDistance0 + 3,
    ];

    private static readonly (GLEnum Name, int Count)[] Numbers =
    [
        (GLEnum.CurrentProgram, 1), (GLEnum.ProgramPipelineBinding, 1), (GLEnum.VertexArrayBinding, 1), (GLEnum.ArrayBufferBinding, 1), (GLEnum.ElementArrayBufferBinding, 1),
        (GLEnum.DrawFramebufferBinding, 1), (GLEnum.ReadFramebufferBinding, 1), (GLEnum.RenderbufferBinding, 1), (GLEnum.DrawBuffer, 1), (GLEnum.ReadBuffer, 1),
        (GLEnum.Viewport, 4), (GLEnum.ScissorBox, 4), (GLEnum.BlendSrcRgb, 1), (GLEnum.BlendDstRgb, 1), (GLEnum.BlendSrcAlpha, 1), (GLEnum.BlendDstAlpha, 1),
        (GLEnum.BlendEquationRgb, 1), (GLEnum.BlendEquationAlpha, 1), (GLEnum.BlendColor, 4), (GLEnum.ColorWritemask, 4), (GLEnum.DepthWritemask, 1), (GLEnum.DepthFunc, 1), (GLEnum.DepthRange, 2),
        (GLEnum.StencilFunc, 1), (GLEnum.StencilRef, 1), (GLEnum.StencilValueMask, 1), (GLEnum.StencilWritemask, 1), (GLEnum.StencilFail, 1), (GLEnum.StencilPassDepthFail, 1),
        (GLEnum.StencilPassDepthPass, 1), (GLEnum.StencilBackFunc, 1), (GLEnum.StencilBackRef, 1), (GLEnum.StencilBackValueMask, 1), (GLEnum.StencilBackWritemask, 1),
        (GLEnum.CullFaceMode, 1), (GLEnum.FrontFace, 1), (GLEnum.PolygonMode, 1), (GLEnum.PolygonOffsetFactor, 1), (GLEnum.PolygonOffsetUnits, 1), (GLEnum.LineWidth, 1), (GLEnum.PointSize, 1),
        (GLEnum.LogicOpMode, 1), (GLEnum.SampleCoverageValue, 1), (GLEnum.SampleCoverageInvert, 1), (GLEnum.MinSampleShadingValue, 1), (GLEnum.PrimitiveRestartIndex, 1), (GLEnum.ProvokingVertex, 1),
        (GLEnum.ColorClearValue, 4), (GLEnum.DepthClearValue, 1), (GLEnum.StencilClearValue, 1), (GLEnum.PatchVertices, 1), (GLEnum.TransformFeedbackBinding, 1),
        (GLEnum.UnpackAlignment, 1), (GLEnum.UnpackRowLength, 1), (GLEnum.UnpackImageHeight, 1), (GLEnum.UnpackSkipPixels, 1), (GLEnum.UnpackSkipRows, 1), (GLEnum.UnpackSkipImages, 1),
        (GLEnum.UnpackSwapBytes, 1), (GLEnum.UnpackLsbFirst, 1), (GLEnum.PackAlignment, 1), (GLEnum.PackRowLength, 1), (GLEnum.PackImageHeight, 1), (GLEnum.PackSkipPixels, 1),
        (GLEnum.PackSkipRows, 1), (GLEnum.PackSkipImages, 1), (GLEnum.PackSwapBytes, 1), (GLEnum.PackLsbFirst, 1),
        (GLEnum.CopyReadBufferBinding, 1), (GLEnum.CopyWriteBufferBinding, 1), (GLEnum.PixelPackBufferBinding, 1), (GLEnum.PixelUnpackBufferBinding, 1), (GLEnum.DrawIndirectBufferBinding, 1),
        (GLEnum.DispatchIndirectBufferBinding, 1), (GLEnum.QueryBufferBinding, 1), (GLEnum.TextureBuffer, 1), (GLEnum.UniformBufferBinding, 1), (GLEnum.ShaderStorageBufferBinding, 1),
        (GLEnum.AtomicCounterBufferBinding, 1), (GLEnum.TransformFeedbackBufferBinding, 1), (GLEnum.ActiveTexture, 1),
    ];

    private static readonly (GLEnum Target, GLEnum Binding)[] TextureKinds =
    [
        (GLEnum.Texture1D, GLEnum.TextureBinding1D), (GLEnum.Texture2D, GLEnum.TextureBinding2D), (GLEnum.Texture3D, GLEnum.TextureBinding3D), (GLEnum.Texture2DArray, GLEnum.TextureBinding2DArray),
        (GLEnum.TextureCubeMap, GLEnum.TextureBindingCubeMap), (GLEnum.TextureRectangle, GLEnum.TextureBindingRectangle), (GLEnum.TextureBuffer, GLEnum.TextureBindingBuffer),
        (GLEnum.Texture2DMultisample, GLEnum.TextureBinding2DMultisample),
    ];

    private static readonly GLEnum[] BufferTargets =
    [
        GLEnum.ArrayBuffer, GLEnum.ElementArrayBuffer, GLEnum.CopyReadBuffer, GLEnum.CopyWriteBuffer, GLEnum.PixelPackBuffer, GLEnum.PixelUnpackBuffer, GLEnum.DrawIndirectBuffer,
        GLEnum.DispatchIndirectBuffer, GLEnum.QueryBuffer, GLEnum.TextureBuffer,
    ];

    private readonly GL gl;
    private readonly List<uint> buffers = [], textures = [], samplers = [];
    private readonly Dictionary<GLEnum, bool> switched = [];
    private readonly uint program, vertices, drawn, read, renderbuffer, pipeline, feedback;

    public ForeignState(GL gl)
    {
        this.gl = gl;
        foreach (GLEnum one in Switches)
        {
            switched[one] = gl.IsEnabled(one);
            Turn(one, !switched[one]);
        }
        program = ShaderProgram.Link(gl, [new ShaderStage(ShaderType.ComputeShader, new ShaderLibrary(_ => "layout(local_size_x = 1) in;\nvoid main() { }", "the host").Assemble("host.comp"))]);
        gl.UseProgram(program);
        gl.BindProgramPipeline(pipeline = gl.GenProgramPipeline());
        gl.BindVertexArray(vertices = gl.GenVertexArray());
        gl.BindFramebuffer(GLEnum.DrawFramebuffer, drawn = gl.GenFramebuffer());
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, read = gl.GenFramebuffer());
        gl.BindRenderbuffer(GLEnum.Renderbuffer, renderbuffer = gl.GenRenderbuffer());
        gl.DrawBuffer(GLEnum.ColorAttachment2);
        gl.ReadBuffer(GLEnum.ColorAttachment3);
        SetNumbers();
        foreach (GLEnum target in BufferTargets) gl.BindBuffer(target, Buffer());
        gl.BindTransformFeedback(GLEnum.TransformFeedback, feedback = gl.GenTransformFeedback());
        Indexed(GLEnum.ShaderStorageBuffer, Blocks, 256);
        Indexed(GLEnum.UniformBuffer, UniformBlocks, 256);
        Indexed(GLEnum.AtomicCounterBuffer, Counters, 16);
        Indexed(GLEnum.TransformFeedbackBuffer, Feedbacks, 16);
        gl.BindBuffer(GLEnum.ShaderStorageBuffer, Buffer());
        gl.BindBuffer(GLEnum.UniformBuffer, Buffer());
        SetTextures();
        gl.Check("setting a host's state");
    }

    /// <summary>All of it, a line for each place.</summary>
    public List<string> Read()
    {
        var lines = new List<string>();
        double* values = stackalloc double[4];
        foreach ((GLEnum name, int count) in Numbers)
        {
            gl.GetDouble(name, values);
            lines.Add($"{name}: {string.Join(' ', new ReadOnlySpan<double>(values, count).ToArray())}");
        }
        foreach (GLEnum one in Switches) lines.Add($"{one}: {gl.IsEnabled(one)}");
        GLEnum active = (GLEnum)gl.GetInteger(GLEnum.ActiveTexture);
        for (uint unit = 0; unit < Units; unit++)
        {
            gl.ActiveTexture(GLEnum.Texture0 + (int)unit);
            foreach ((_, GLEnum binding) in TextureKinds) lines.Add($"unit {unit} {binding}: {gl.GetInteger(binding)}");
            lines.Add($"unit {unit} sampler: {gl.GetInteger(GLEnum.SamplerBinding)}");
        }
        gl.ActiveTexture(active);
        ReadIndexed(lines, "storage", Blocks, GLEnum.ShaderStorageBufferBinding, GLEnum.ShaderStorageBufferStart, GLEnum.ShaderStorageBufferSize);
        ReadIndexed(lines, "uniform", UniformBlocks, GLEnum.UniformBufferBinding, GLEnum.UniformBufferStart, GLEnum.UniformBufferSize);
        ReadIndexed(lines, "counter", Counters, GLEnum.AtomicCounterBufferBinding, GLEnum.AtomicCounterBufferStart, GLEnum.AtomicCounterBufferSize);
        ReadIndexed(lines, "feedback", Feedbacks, GLEnum.TransformFeedbackBufferBinding, GLEnum.TransformFeedbackBufferStart, GLEnum.TransformFeedbackBufferSize);
        ReadIndexed(lines, "image", ImageUnits, GLEnum.ImageBindingName, GLEnum.ImageBindingLevel, GLEnum.ImageBindingLayered, GLEnum.ImageBindingLayer, GLEnum.ImageBindingAccess, GLEnum.ImageBindingFormat);
        return lines;
    }

    private void ReadIndexed(List<string> lines, string kind, int count, params GLEnum[] names)
    {
        for (uint i = 0; i < count; i++)
            foreach (GLEnum name in names)
            {
                long value;
                gl.GetInteger64(name, i, &value);
                lines.Add($"{kind} {i} {name}: {value}");
            }
    }

    private void SetNumbers()
    {
        gl.Viewport(3, 5, 71, 37);
        gl.Scissor(2, 7, 11, 13);
        gl.BlendFuncSeparate(GLEnum.DstColor, GLEnum.OneMinusSrc1Alpha, GLEnum.ConstantColor, GLEnum.SrcAlphaSaturate);
        gl.BlendEquationSeparate(GLEnum.FuncReverseSubtract, GLEnum.Max);
        gl.BlendColor(0.25f, 0.5f, 0.125f, 0.75f);
        gl.ColorMask(true, false, true, false);
        gl.DepthMask(false);
        gl.DepthFunc(GLEnum.Notequal);
        gl.DepthRange(0.25, 0.75);
        gl.StencilFuncSeparate(GLEnum.Front, GLEnum.Gequal, 3, 0x5A);
        gl.StencilFuncSeparate(GLEnum.Back, GLEnum.Less, 7, 0x3C);
        gl.StencilMaskSeparate(GLEnum.Front, 0x55);
        gl.StencilMaskSeparate(GLEnum.Back, 0x33);
        gl.StencilOp(GLEnum.Invert, GLEnum.IncrWrap, GLEnum.Decr);
        gl.CullFace(GLEnum.Front);
        gl.FrontFace(GLEnum.CW);
        gl.PolygonMode(GLEnum.FrontAndBack, GLEnum.Line);
        gl.PolygonOffset(1.5f, 2.5f);
        gl.PointSize(3);
        gl.LogicOp(GLEnum.Xor);
        gl.SampleCoverage(0.25f, true);
        gl.MinSampleShading(0.5f);
        gl.PrimitiveRestartIndex(1234);
        gl.ProvokingVertex(GLEnum.FirstVertexConvention);
        gl.ClearColor(0.5f, 0.25f, 0.75f, 0.125f);
        gl.ClearDepth(0.5);
        gl.ClearStencil(9);
        gl.PatchParameter(GLEnum.PatchVertices, 5);
        Store(2, 77, 5, 3, 4, 1);
    }

    private void Store(int alignment, int row, int image, int pixels, int rows, int swap)
    {
        (GLEnum Name, int Value)[] all =
        [
            (GLEnum.UnpackAlignment, alignment), (GLEnum.UnpackRowLength, row), (GLEnum.UnpackImageHeight, image), (GLEnum.UnpackSkipPixels, pixels), (GLEnum.UnpackSkipRows, rows), (GLEnum.UnpackSkipImages, swap),
            (GLEnum.UnpackSwapBytes, swap), (GLEnum.UnpackLsbFirst, swap), (GLEnum.PackAlignment, alignment), (GLEnum.PackRowLength, row), (GLEnum.PackImageHeight, image), (GLEnum.PackSkipPixels, pixels),
            (GLEnum.PackSkipRows, rows), (GLEnum.PackSkipImages, swap), (GLEnum.PackSwapBytes, swap), (GLEnum.PackLsbFirst, swap),
        ];
        foreach ((GLEnum name, int value) in all) gl.PixelStore(name, value);
    }

    private void Indexed(GLEnum target, int count, int step)
    {
        // Ranges of several kinds, and a whole buffer in the second place.
        for (uint i = 0; i < count; i++)
            if (i == 1) gl.BindBufferBase(target, i, Buffer());
            else gl.BindBufferRange(target, i, Buffer(), (nint)(step * (1 + i % 3)), (nuint)(16 * (1 + i)));
    }

    private void SetTextures()
    {
        for (uint unit = 0; unit < Units; unit++)
        {
            gl.ActiveTexture(GLEnum.Texture0 + (int)unit);
            foreach ((GLEnum target, _) in TextureKinds)
            {
                textures.Add(gl.GenTexture());
                gl.BindTexture(target, textures[^1]);
            }
            samplers.Add(gl.GenSampler());
            gl.BindSampler(unit, samplers[^1]);
        }
        gl.ActiveTexture(GLEnum.Texture0 + 5);
        for (uint unit = 0; unit < ImageUnits; unit++)
        {
            uint array;
            gl.CreateTextures(GLEnum.Texture2DArray, 1, &array);
            textures.Add(array);
            gl.TextureStorage3D(array, 3, GLEnum.R32f, 8, 8, 6);
            gl.BindImageTexture(unit, array, (int)unit % 3, unit % 2 == 1, (int)unit % 5, GLEnum.ReadWrite, GLEnum.R32ui);
        }
    }

    private uint Buffer()
    {
        uint name;
        gl.CreateBuffers(1, &name);
        gl.NamedBufferStorage(name, 4096, null, BufferStorageMask.DynamicStorageBit);
        buffers.Add(name);
        return name;
    }

    private void Turn(GLEnum one, bool on)
    {
        if (on) gl.Enable(one);
        else gl.Disable(one);
    }

    /// <summary>The context as it begins, for those who come after.</summary>
    public void Dispose()
    {
        foreach ((GLEnum one, bool on) in switched) Turn(one, on);
        gl.UseProgram(0);
        gl.DeleteProgram(program);
        gl.BindTransformFeedback(GLEnum.TransformFeedback, 0);
        gl.DeleteTransformFeedback(feedback);
        gl.DeleteProgramPipeline(pipeline);
        gl.DeleteVertexArray(vertices);
        gl.DeleteFramebuffer(drawn);
        gl.DeleteFramebuffer(read);
        gl.DeleteRenderbuffer(renderbuffer);
        foreach (uint name in buffers) gl.DeleteBuffer(name);
        foreach (uint name in textures) gl.DeleteTexture(name);
        foreach (uint name in samplers) gl.DeleteSampler(name);
        Store(4, 0, 0, 0, 0, 0);
        gl.ActiveTexture(GLEnum.Texture0);
        gl.ColorMask(true, true, true, true);
        gl.DepthMask(true);
        gl.DepthRange(0, 1);
        gl.StencilMask(uint.MaxValue);
        gl.PolygonMode(GLEnum.FrontAndBack, GLEnum.Fill);
        gl.BlendFunc(GLEnum.One, GLEnum.Zero);
        gl.BlendEquation(GLEnum.FuncAdd);
        gl.FrontFace(GLEnum.Ccw);
    }
}
