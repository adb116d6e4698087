using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Engine.Hosting;

/// <summary>Beside the frame, on a thread of the pool and those of the device; only maps go to the host's OpenGL, which needs no more than 3.3 for it.</summary>
internal sealed unsafe class CpuHostedRun : HostedRun
{
    private readonly GL gl;
    private readonly PictureModel model;
    private readonly CpuDevice device;
    private readonly Plan plan;
    private readonly PreprocessingCpu preprocessing;
    private readonly Tensor input;
    private readonly string output;
    private readonly string? features;
    private readonly ChannelPlaces places;
    private readonly LayerColors? colors;
    private Picture? waiting, working;
    private float[] scores = [], means = [];
    private Task? task;
    private long number;

    public CpuHostedRun(GL gl, PictureModel model, CpuDevice device, Plan plan, Scoring? scoring, string? layer, string? features)
        : base(scoring, features is null ? 0 : FeatureVector.Count(plan.Lowered[plan.Lowered.Find(features)].Shape, model.Axes))
    {
        (this.gl, this.model, this.device, this.plan) = (gl, model, device, plan);
        preprocessing = new PreprocessingCpu(model.Contract);
        input = new Tensor(ElementType.Float32, model.InputShape);
        (output, this.features) = (Scoring.OutputOf(model, plan.Lowered.Graph).Name, features);
        if (features is not null)
        {
            Shape shape = plan.Lowered[plan.Lowered.Find(features)].Shape;
            places = FeatureVector.Places(MemoryFormat.RowMajor(ElementType.Float32, shape), shape, model.Axes);
            means = new float[Features.Length];
        }
        if (layer is null) return;
        colors = new LayerColors(plan, layer);
        MapTextures.Check(colors.Maps, gl.GetInteger(GLEnum.MaxTextureSize));
        Maps = colors.Maps with { Raw = Texture(GLEnum.R32f, GLEnum.Red, GLEnum.Float), Colored = Texture(GLEnum.Rgba8, GLEnum.Rgba, GLEnum.UnsignedByte) };
    }

    public override HostedMaps? Maps { get; }

    public override bool IsBusy => task is not null;

    public override void Put(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride)
    {
        PixelFormat held = Picture.FormatFor(format);
        if (waiting is null || waiting.Width != width || waiting.Height != height || waiting.Format != held)
            waiting = new Picture(width, height, held);
        waiting.Take(pixels, stride == 0 ? waiting.RowBytes : stride, format);
    }

    public override void Put(uint texture, bool bottomRowFirst) =>
        throw new LiveCamException($"Looking at texture {texture}: the network runs on the CPU here ({device.Description}), which cannot see textures without waiting for the card. Submit pixels.");

    public override void Start(long number)
    {
        (waiting, working, this.number) = (working, waiting, number);
        task = Task.Run(Work);
    }

    /// <summary>The budget is the CPU's own, so none of the frame's is spent but for textures.</summary>
    public override bool GoOn(TimeSpan budget, out long number)
    {
        number = this.number;
        if (task is not { IsCompleted: true } done) return false;
        task = null;
        done.GetAwaiter().GetResult();
        means.CopyTo(Features, 0);
        if (scores.Length > 0) Scoring?.Accept(scores);
        if (colors is not null) Upload(colors);
        return true;
    }

    private void Work()
    {
        preprocessing.Run(working!, input.Span<float>(), model.Axes.Strides(MemoryFormat.RowMajor(ElementType.Float32, input.Shape)));
        plan.Write(model.Input.Name, input);
        plan.Run();
        if (Scoring is not null) scores = plan.Read(output).Span<float>().ToArray();
        if (features is not null) FeatureVector.Read(plan.Read(features).Span<float>(), places, means);
        colors?.Draw();
    }

    private void Upload(LayerColors layer)
    {
        gl.BindBuffer(GLEnum.PixelUnpackBuffer, 0);
        gl.PixelStore(GLEnum.UnpackAlignment, 4);
        foreach (GLEnum zero in (ReadOnlySpan<GLEnum>)[GLEnum.UnpackRowLength, GLEnum.UnpackSkipPixels, GLEnum.UnpackSkipRows, GLEnum.UnpackSwapBytes, GLEnum.UnpackLsbFirst])
            gl.PixelStore(zero, 0);
        gl.ActiveTexture(GLEnum.Texture0);
        Send(Maps!.Raw, GLEnum.Red, GLEnum.Float, layer.Raw);
        Send(Maps.Colored, GLEnum.Rgba, GLEnum.UnsignedByte, layer.Colored);
    }

    private void Send<T>(uint texture, GLEnum format, GLEnum type, T[] pixels) where T : unmanaged
    {
        gl.BindTexture(GLEnum.Texture2D, texture);
        fixed (T* p = pixels) gl.TexSubImage2D(GLEnum.Texture2D, 0, 0, 0, (uint)Maps!.Width, (uint)Maps.Height, format, type, p);
    }

    private uint Texture(GLEnum kind, GLEnum format, GLEnum type)
    {
        uint name = gl.GenTexture();
        gl.BindBuffer(GLEnum.PixelUnpackBuffer, 0);
        gl.ActiveTexture(GLEnum.Texture0);
        gl.BindTexture(GLEnum.Texture2D, name);
        gl.TexImage2D(GLEnum.Texture2D, 0, (int)kind, (uint)colors!.Maps.Width, (uint)colors.Maps.Height, 0, format, type, null);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMinFilter, (int)GLEnum.Nearest);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMagFilter, (int)GLEnum.Nearest);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMaxLevel, 0);
        return name;
    }

    public override void Dispose()
    {
        task?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        if (Maps is not null)
        {
            gl.DeleteTexture(Maps.Raw);
            gl.DeleteTexture(Maps.Colored);
        }
        plan.Dispose();
        device.Dispose();
    }
}
