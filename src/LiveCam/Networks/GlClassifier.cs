using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>On OpenGL a picture's bytes are uploaded, preprocessed by a shader into the plan's input, and only answers come back.</summary>
internal sealed unsafe class GlClassifier : Classifier
{
    private readonly GlDevice device;
    private readonly GlPlan plan;
    private readonly Action infer;
    private Picture? picture;
    private (int Width, int Height, PixelFormat Format) prepared;
    private GlBuffer? pixels;
    private GlProgram? program;
    private Groups groups;

    public GlClassifier(PictureModel model, GlDevice device, GlPlan plan, string? layer) : base(model, device, plan, layer) =>
        (this.device, this.plan, infer) = (device, plan, InferHere);

    protected override Form FormOf(Value value) => ((GlPlan)Plan).Locate(value).Operand.Form;

    protected override void Infer(Picture picture)
    {
        this.picture = picture;
        device.Invoke(infer);
    }

    protected override ReadOnlySpan<float> Fetch(Value value, ref float[] buffer)
    {
        (GlBuffer memory, long offset, _, GlOperand at) = plan.Locate(value);
        int count = Reach(at.Form);
        if (buffer.Length < count) buffer = new float[count];
        float[] target = buffer;
        device.Invoke(() => memory.Download(target.AsSpan(0, count), offset + at.Offset * sizeof(float)));
        return target.AsSpan(0, count);
    }

    public override void Dispose()
    {
        device.Invoke(() => pixels?.Dispose());
        base.Dispose();
    }

    private void InferHere()
    {
        if (prepared != (picture!.Width, picture.Height, picture.Format)) Prepare(picture);
        (GlBuffer arena, long offset, long bytes, _) = plan.Locate(InputValue);
        pixels!.Upload<byte>(picture.Bytes);
        device.Gl.UseProgram(program!.Name);
        pixels.BindStorage(0, 0, pixels.Bytes);
        arena.BindStorage(1, offset, bytes);
        device.Gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        device.Gl.MemoryBarrier(GlEnum.ShaderStorageBarrierBit);
        plan.Run();
    }

    /// <summary>A program and a buffer for pictures of this size.</summary>
    private void Prepare(Picture picture)
    {
        GlOperand at = plan.Locate(InputValue).Operand;
        ShaderCall call = PreprocessingShader.Call(Model.Contract, picture.Width, picture.Height, picture.Format, Strides(at.Form), at.Offset);
        program = device.Program(call.File, call.Defines);
        groups = call.Groups;
        pixels?.Dispose();
        pixels = new GlBuffer(device.Gl, (picture.Bytes.Length + 3) / 4 * 4, "camera picture");
        prepared = (picture.Width, picture.Height, picture.Format);
    }
}
