using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Engine.Hosting;

/// <summary>From the bytes of pictures of one size to the input of a plan, on the device. On a thread with a context.</summary>
public sealed class GlPictureInput : IDisposable
{
    private readonly GlDevice device;
    private readonly GlProgram program;
    private readonly Groups groups;
    private readonly GlBuffer input;
    private readonly long offset, bytes;

    /// <summary>Makes the memory and the program for pictures of one size.</summary>
    /// <param name="input">The plan's input.</param>
    /// <exception cref="LiveCamException">There is no memory for it.</exception>
    public GlPictureInput(GlDevice device, GlPlan plan, Value input, PictureModel model, int width, int height, PixelFormat format)
    {
        (this.device, Size) = (device, (width, height, format));
        (this.input, offset, bytes, GlOperand at) = plan.Locate(input);
        ShaderCall call = PreprocessingShader.Call(model.Contract, width, height, format, model.Axes.Strides(at.Format), at.Offset);
        (program, groups) = (device.Program(call.File, call.Defines), call.Groups);
        // A word is read at a time.
        Pixels = new GlBuffer(device.Gl, (checked(width * height * (int)format) + 3) / 4 * 4, "camera picture");
    }

    /// <summary>What pictures it takes.</summary>
    public (int Width, int Height, PixelFormat Format) Size { get; }

    /// <summary>The picture's bytes as a <see cref="Picture"/> has them, rounded up to whole words.</summary>
    public GlBuffer Pixels { get; }

    /// <summary>Whether it is for pictures like this one.</summary>
    public bool Suits(Picture picture) => Size == (picture.Width, picture.Height, picture.Format);

    /// <summary>Sends a picture's bytes to the device.</summary>
    public void Upload(Picture picture) => Pixels.Upload<byte>(picture.Bytes);

    /// <summary>From <see cref="Pixels"/> to the plan's input.</summary>
    public void Run()
    {
        device.Gl.UseProgram(program.Name);
        Pixels.BindStorage(0, 0, Pixels.Bytes);
        input.BindStorage(1, offset, bytes);
        device.Gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        device.Gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();
}
