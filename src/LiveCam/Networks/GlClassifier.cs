using System.Runtime.InteropServices;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Networks;

/// <summary>
/// On OpenGL a picture's bytes are uploaded, preprocessed by a shader into the plan's input, and only answers come back. On a display's
/// context it runs in parts that never wait: <see cref="TryPrepare"/>, <see cref="Upload"/>, <see cref="Preprocess"/>, then the plan in
/// slices, then <see cref="Send"/> and later <see cref="TryReceive"/>. On another thread than the display's <see cref="Classifier.Run"/> waits for
/// the display's slices.
/// </summary>
internal sealed unsafe class GlClassifier : Classifier
{
    private readonly GlDevice device;
    private readonly GlPlan plan;
    private readonly Action begin, end;
    private readonly ReadbackRing? answers;
    private readonly ChannelMeans? means;
    private readonly float[] features;
    private Picture? picture;
    private GlPictureInput? prepared;
    private Task<GlPictureInput>? preparing;

    public GlClassifier(PictureModel model, GlDevice device, GlPlan plan, string? layer, string? features) : base(model, device, plan, layer, features)
    {
        (this.device, this.plan, begin, end, this.features) = (device, plan, Begin, End, new float[FeatureCount]);
        means = features is null ? null : device.Invoke(() => new ChannelMeans(device, FeaturePlaces(), plan.Locate(FeatureValue).Operand.Offset));
        if (!device.IsOnDisplay) return;
        // Made, compiled and run once beside the display, so that its first frame has nothing left to do.
        (answers, Atlas) = device.Prepare(() =>
        {
            plan.WarmUp();
            TakeMeans();
            ReadbackRing? ring = model.Classifies || means is not null ? new ReadbackRing(device.Gl, (ScoreReach + FeatureCount) * sizeof(float)) : null;
            if (layer is null) return (ring, (FeatureAtlas?)null);
            (int shown, int height, int width) = LayerData.Extents(LayerShape);
            (_, _, long bytes, GlOperand place) = plan.Locate(KeptValue);
            var atlas = new FeatureAtlas(device, place, bytes, shown, LayerData.ColumnsFor(shown, width, height));
            atlas.Draw([.. Enumerable.Range(0, shown)]);
            return (ring, atlas);
        }).GetAwaiter().GetResult();
    }

    public GlDevice GlDevice => device;
    public GlPlan GlPlan => plan;

    /// <summary>The kept layer on the display's context; null elsewhere or where none is kept.</summary>
    public FeatureAtlas? Atlas { get; }

    /// <summary>Whether anything but the kept layer comes back from a run: scores or features.</summary>
    public bool Answers => answers is not null;

    /// <summary>Floats of the scores' memory, from the first to the last.</summary>
    private int ScoreReach => Model.Classifies ? FormOf(OutputValue).Reach : 0;

    protected override MemoryFormat FormOf(Value value) => ((GlPlan)Plan).Locate(value).Operand.Format;

    protected override void Infer(Picture picture)
    {
        this.picture = picture;
        device.Invoke(begin);
        plan.Run();
        if (means is not null) device.Invoke(end);
    }

    public override void ReadFeatures(Span<float> target) => features.CopyTo(target);

    protected override ReadOnlySpan<float> Fetch(Value value, ref float[] buffer)
    {
        (GlBuffer memory, long offset, _, GlOperand at) = plan.Locate(value);
        int count = at.Format.Reach;
        if (buffer.Length < count) buffer = new float[count];
        float[] target = buffer;
        device.Invoke(() => memory.Download(target.AsSpan(0, count), offset + at.Offset * sizeof(float)));
        return target.AsSpan(0, count);
    }

    /// <summary>Whether pictures of this size can be taken; if not, that is prepared beside the display.</summary>
    public bool TryPrepare(Picture picture)
    {
        if (prepared?.Suits(picture) == true) return true;
        if (preparing is null)
        {
            (int width, int height, PixelFormat format) = (picture.Width, picture.Height, picture.Format);
            preparing = device.Prepare(() => new GlPictureInput(device, plan, InputValue, Model, width, height, format));
        }
        if (!preparing.IsCompleted) return false;
        Task<GlPictureInput> done = preparing;
        preparing = null;
        GlPictureInput next = done.GetAwaiter().GetResult();
        prepared?.Dispose();
        prepared = next;
        return prepared.Suits(picture);
    }

    /// <summary>Sends a picture's bytes to the device.</summary>
    public void Upload(Picture picture) => prepared!.Upload(picture);

    /// <summary>From the uploaded bytes to the plan's input.</summary>
    public void Preprocess() => prepared!.Run();

    /// <summary>After a pass: copies the kept layer and sends scores and features on their way.</summary>
    /// <returns>False when too many answers are under way already; this one is then lost.</returns>
    public bool Send(long run)
    {
        if (Atlas is not null)
        {
            (GlBuffer memory, long offset, _, _) = plan.Locate(KeptValue);
            Atlas.Take(memory, offset);
        }
        if (answers is null) return true;
        Span<ReadbackRing.Piece> pieces = stackalloc ReadbackRing.Piece[2];
        int count = 0;
        if (Model.Classifies)
        {
            (GlBuffer arena, long start, _, GlOperand at) = plan.Locate(OutputValue);
            pieces[count++] = new(arena.Name, start + at.Offset * sizeof(float), ScoreReach * sizeof(float));
        }
        if (means is not null)
        {
            TakeMeans();
            pieces[count++] = new(means.Values.Name, 0, FeatureCount * sizeof(float));
        }
        return answers.TryCopy(pieces[..count], run);
    }

    /// <summary>Takes in the newest scores and features that have come back; both are of one run.</summary>
    /// <param name="run">As <see cref="Send"/> was told.</param>
    public bool TryReceive(out long run)
    {
        run = -1;
        if (answers is null || !answers.TryRead(out ReadOnlySpan<byte> data, out run)) return false;
        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<byte, float>(data);
        Accept(numbers);
        numbers[^features.Length..].CopyTo(features);
        return true;
    }

    /// <summary>Asks for the value of a channel at a place and, where the input is shown, for the 3x3 values under it.</summary>
    public void Probe(int channel, (float X, float Y) share)
    {
        (_, int height, int width) = LayerData.Extents(LayerShape);
        GlOperand place = plan.Locate(KeptValue).Operand;
        long[] strides = place.Format.Strides;
        long pixel = strides.Length > 2 ? strides[^1] : 0;
        Atlas!.Probe(0, place.Offset + channel * strides[1] + (LayerData.Pixel(share.Y, height) * width + LayerData.Pixel(share.X, width)) * pixel);
        if (!ShowsInput) return;
        (GlBuffer memory, long offset, _, GlOperand input) = plan.Locate(InputValue);
        strides = input.Format.Strides;
        int x = LayerData.Pixel(share.X, Model.Contract.Width), y = LayerData.Pixel(share.Y, Model.Contract.Height);
        for (int i = 0; i < FeatureAtlas.Probes - 1; i++)
        {
            int column = x + i % 3 - 1, row = y + i / 3 - 1;
            if (column < 0 || column >= Model.Contract.Width || row < 0 || row >= Model.Contract.Height) continue;
            Atlas.Probe(1 + i, offset / sizeof(float) + input.Offset + channel % 3 * strides[1] + row * strides[2] + column * strides[3], memory);
        }
    }

    public override void Dispose()
    {
        // One that failed was told, or nobody waits for it any more.
        try { preparing?.Wait(); }
        catch (AggregateException) { preparing = null; }
        device.Invoke(() =>
        {
            preparing?.Result.Dispose();
            prepared?.Dispose();
            answers?.Dispose();
            means?.Dispose();
            Atlas?.Dispose();
        });
        base.Dispose();
    }

    private void TakeMeans()
    {
        if (means is null) return;
        (GlBuffer memory, long offset, long bytes, _) = plan.Locate(FeatureValue);
        means.Take(memory, offset, bytes);
    }

    /// <summary>The picture into the plan's input.</summary>
    private void Begin()
    {
        if (prepared?.Suits(picture!) != true)
        {
            prepared?.Dispose();
            prepared = new GlPictureInput(device, plan, InputValue, Model, picture!.Width, picture.Height, picture.Format);
        }
        Upload(picture!);
        Preprocess();
    }

    /// <summary>The features of a pass into the processor's memory, waiting for them.</summary>
    private void End()
    {
        TakeMeans();
        means!.Values.Download(features.AsSpan());
    }
}
