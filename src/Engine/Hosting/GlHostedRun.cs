using System.Runtime.InteropServices;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Vision;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Engine.Hosting;

/// <summary>On the host's own OpenGL: as many steps a frame as fit, and what comes back is asked for and never waited for.</summary>
internal sealed class GlHostedRun : HostedRun
{
    private const int Timed = 16;

    private readonly PictureModel model;
    private readonly GlDevice device;
    private readonly GlPlan plan;
    private readonly Value input, output, features;
    private readonly int scores;
    private readonly ReadbackRing? answers;
    private readonly ChannelMeans? means;
    private readonly MapTextures? maps;
    private readonly TexturePixels textures;
    private readonly GpuTimer timer;
    private readonly double[] expected = new double[Timed], took = new double[1];
    private GlPictureInput? prepared;
    private Picture? picture;
    private bool isUploaded = true, isRunning, isUnsent;
    private long number;

    public GlHostedRun(PictureModel model, GlDevice device, GlPlan plan, Scoring? scoring, string? layer, string? features)
        : base(scoring, features is null ? 0 : FeatureVector.Count(plan.Lowered[plan.Lowered.Find(features)].Shape, model.Axes))
    {
        (this.model, this.device, this.plan) = (model, device, plan);
        input = plan.Lowered.Find(model.Input.Name);
        output = Scoring.OutputOf(model, plan.Lowered.Graph).Value;
        if (scoring is not null) scores = plan.Locate(output).Operand.Format.Reach;
        if (features is not null)
        {
            this.features = plan.Lowered.Find(features);
            (_, _, _, GlOperand at) = plan.Locate(this.features);
            means = new ChannelMeans(device, FeatureVector.Places(at.Format, plan.Lowered[this.features].Shape, model.Axes), at.Offset);
        }
        if (scores + Features.Length > 0) answers = new ReadbackRing(device.Gl, (scores + Features.Length) * sizeof(float));
        if (layer is not null) maps = new MapTextures(device, plan.Locate(plan.Lowered.Find(layer)));
        textures = new TexturePixels(device);
        timer = new GpuTimer(device.Gl, 1);
        plan.WarmUp();
        maps?.Draw();
    }

    /// <summary>Storage bindings, from 0 on, that any call changes: those of the plan, and three of what stands around it.</summary>
    public int StorageBindings => Math.Max(plan.StorageBindings, 3);

    public override HostedMaps? Maps => maps?.Maps;

    public override bool IsBusy => isRunning || isUnsent;

    public override void Put(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride)
    {
        PixelFormat held = Picture.FormatFor(format);
        if (picture is null || picture.Width != width || picture.Height != height || picture.Format != held)
            picture = new Picture(width, height, held);
        picture.Take(pixels, stride == 0 ? picture.RowBytes : stride, format);
        isUploaded = false;
    }

    public override void Put(uint texture, bool bottomRowFirst)
    {
        (int width, int height) = textures.SizeOf(texture);
        Prepare(width, height, PixelFormat.Rgba8);
        textures.Copy(texture, width, height, bottomRowFirst, prepared!.Pixels);
        isUploaded = true;
    }

    public override void Start(long number)
    {
        if (!isUploaded)
        {
            Prepare(picture!.Width, picture.Height, picture.Format);
            prepared!.Upload(picture);
        }
        prepared!.Run();
        (isRunning, isUploaded, this.number) = (true, true, number);
    }

    public override bool GoOn(TimeSpan budget, out long number)
    {
        long frame = timer.BeginFrame();
        expected[frame % Timed] = 0;
        if (isRunning)
        {
            timer.Begin(0);
            bool isFinished = plan.RunFor(budget);
            timer.End(0);
            expected[frame % Timed] = plan.LastExpected;
            if (isFinished)
            {
                maps?.Draw();
                (isRunning, isUnsent) = (false, true);
            }
        }
        timer.EndFrame();
        if (isUnsent) isUnsent = !Send();
        if (timer.TryRead(took, out long timed)) plan.Learn(expected[timed % Timed], took[0]);
        return Receive(out number);
    }

    /// <summary>Sends scores and features of the finished pass on their way; false when too many are under way.</summary>
    private bool Send()
    {
        Span<ReadbackRing.Piece> pieces = stackalloc ReadbackRing.Piece[2];
        int count = 0;
        if (scores > 0)
        {
            (GlBuffer memory, long offset, _, GlOperand at) = plan.Locate(output);
            pieces[count++] = new(memory.Name, offset + at.Offset * sizeof(float), scores * sizeof(float));
        }
        if (means is not null)
        {
            (GlBuffer memory, long offset, long bytes, _) = plan.Locate(features);
            means.Take(memory, offset, bytes);
            pieces[count++] = new(means.Values.Name, 0, Features.Length * sizeof(float));
        }
        return answers is null || answers.TryCopy(pieces[..count], number);
    }

    private bool Receive(out long number)
    {
        number = 0;
        if (answers is null || !answers.TryRead(out ReadOnlySpan<byte> data, out number)) return false;
        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<byte, float>(data);
        numbers[^Features.Length..].CopyTo(Features);
        Scoring?.Accept(numbers);
        return true;
    }

    private void Prepare(int width, int height, PixelFormat format)
    {
        if (prepared?.Size == (width, height, format)) return;
        prepared?.Dispose();
        prepared = null;
        prepared = new GlPictureInput(device, plan, input, model, width, height, format);
    }

    public override void Dispose()
    {
        timer.Dispose();
        textures.Dispose();
        prepared?.Dispose();
        maps?.Dispose();
        means?.Dispose();
        answers?.Dispose();
        plan.Dispose();
        device.Dispose();
    }
}
