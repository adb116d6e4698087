using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Engine.Hosting;

/// <summary>
/// A network in another program's frame: the host submits pictures, calls <see cref="Update"/> once a frame, and finds the newest answer and a
/// layer's maps as textures. On the host's OpenGL it runs as many steps a frame as fit the budget; without compute shaders it runs on the CPU
/// beside the frame. All members are for the thread that has the host's context.
/// </summary>
/// <remarks>
/// <para>Nothing but <see cref="Load"/> and <see cref="Dispose"/> waits for the card. <see cref="Load"/> reads, compiles and runs the network once, which takes
/// seconds the first time: call it while something is loading.</para>
/// <para>State of OpenGL that calls change and put back as it was: the program, storage bindings from 0 on and the buffer at GL_SHADER_STORAGE_BUFFER,
/// image units 0 and 1, of texture unit 0 the 2D texture and the sampler, the active texture unit, the buffers at GL_PIXEL_UNPACK_BUFFER and
/// GL_QUERY_BUFFER, and how pixels are unpacked. No other state is touched. Errors that the host left behind are told by the next call that makes something, and taken away by it.
/// Commands are flushed once an <see cref="Update"/>. Call nothing within a conditional rendering.</para>
/// </remarks>
/// <example><code>
/// using var net = HostedNetwork.Load(gl, "squeezenet.onnx");
/// // In each frame:
/// net.Submit(texture);
/// net.Update(TimeSpan.FromMilliseconds(4));
/// if (net.Answer is { } answer)
///     DrawText(answer[0].Label);
/// gl.BindTextureUnit(0, net.Maps!.Colored);
/// </code></example>
public sealed class HostedNetwork : IDisposable
{
    private readonly PictureModel model;
    private readonly HostedRun run;
    private readonly GlStateKeeper state;
    private readonly HostedTeaching? teaching;
    private readonly List<(long Picture, string Label)> lessons = [];
    private readonly int top;
    private long submitted, started, answered;
    private bool isPassedOver, isDisposed;

    private HostedNetwork(PictureModel model, HostedRun run, GlStateKeeper state, HostedOptions options, string? layer, string device)
    {
        (this.model, this.run, this.state, top, Layer, Device) = (model, run, state, options.Top, layer, device);
        if (options.Teaches) teaching = new(run.Features.Length);
    }

    /// <summary>Reads an ONNX file and plans it on the context that is current on this thread, or on the CPU.</summary>
    /// <param name="gl">The functions of the host's context, OpenGL 3.3 or newer; it may be of any owner.</param>
    /// <exception cref="LiveCamException">The file cannot be read or run, there is no such layer, or OpenGL is too old for what was asked.</exception>
    public static HostedNetwork Load(GL gl, string path, HostedOptions? options = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Top);
        PictureModel model = PictureModel.Load(path, options.Labels, options.Preprocessing);
        if (!model.Classifies && !options.Teaches && options.Layer is null)
            throw new LiveCamException($"Looking with {path}: it ranks no classes, no layer is shown and nothing is taught. Set Layer or Teaches.");
        bool isGl = options.Device == DeviceKind.Gl || options.Device == DeviceKind.Auto && GlVersion.Of(gl) >= GlVersion.Compute && !GlCaps.Of(gl).IsSoftware;
        if (isGl) GlVersion.Require(gl);
        else GlVersion.Require(gl, 33);
        // Before the plan is there nobody knows how many bindings its steps need.
        var all = new GlStateKeeper(gl, isGl ? GlCaps.Of(gl).StorageBindings : 0);
        all.Save();
        try
        {
            return isGl ? LoadGl(gl, model, options) : LoadCpu(gl, model, options);
        }
        finally
        {
            all.Restore();
        }
    }

    /// <summary>What computes, for people.</summary>
    public string Device { get; }

    /// <summary>Whether the network runs on the host's OpenGL.</summary>
    public bool IsOnGpu => run is GlHostedRun;

    /// <summary>What the network expects of a picture.</summary>
    public Preprocessing Contract => model.Contract;

    /// <summary>What is worth knowing about how the file was read, a sentence each.</summary>
    public IReadOnlyList<string> Notes => model.Notes;

    /// <summary>The layer whose maps are shown; null for none.</summary>
    public string? Layer { get; }

    /// <summary>The newest answer; null before the first, and for a network that ranks no classes until it was taught some.</summary>
    public PictureAnswer? Answer { get; private set; }

    /// <summary>How many pictures were answered.</summary>
    public long Answers { get; private set; }

    /// <summary>The textures of <see cref="Layer"/>, the same ones from the start on; null where no layer is shown.</summary>
    public HostedMaps? Maps => run.Maps;

    /// <summary>What was taught, in the order in which it was first said.</summary>
    public IReadOnlyList<string> TaughtLabels => teaching?.Labels ?? [];

    /// <summary>Samples that were taught, and those of them that answers rest on.</summary>
    public (int Taught, int Learned) Samples => teaching is null ? default : (teaching.Samples, teaching.LearnedSamples);

    /// <summary>Gives the network a picture to look at when it is done with the one before; of several the newest is taken, but none takes the place of one that was
    /// taught. The bytes are copied.</summary>
    /// <param name="pixels">Rows, top row first.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="format">How the bytes of a pixel are ordered.</param>
    /// <param name="stride">Bytes from the start of a row to the start of the next; 0 for rows without gaps.</param>
    /// <exception cref="ArgumentException">There are fewer bytes than the size says.</exception>
    /// <exception cref="LiveCamException">The size is out of bounds.</exception>
    public void Submit(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isPassedOver = IsHeld) return;
        run.Put(pixels, width, height, format, stride);
        submitted++;
    }

    /// <summary>As with pixels, from a texture, copied on the card behind the commands issued so far. Its red, green and blue are taken as a shader reads them, so an
    /// sRGB texture has to come as a view of its linear format.</summary>
    /// <param name="texture">A GL_TEXTURE_2D of the host's context; a size that was not there before compiles a shader.</param>
    /// <param name="bottomRowFirst">Whether row 0 is the lowest one, as where OpenGL draws.</param>
    /// <exception cref="LiveCamException">It is no such texture, or the network runs on the CPU.</exception>
    public void Submit(uint texture, bool bottomRowFirst = true)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isPassedOver = IsHeld) return;
        Kept(() => run.Put(texture, bottomRowFirst));
        submitted++;
    }

    /// <summary>Goes on with the picture under way, or begins with the newest one; once a frame.</summary>
    /// <param name="budget">What the card may spend by measured times; one step is taken in any case. On the CPU the network runs beside the frame.</param>
    /// <returns>Whether <see cref="Answer"/> is new.</returns>
    /// <exception cref="LiveCamException">The network answered something that is no number.</exception>
    public bool Update(TimeSpan budget)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        bool came = false;
        long number = 0;
        Kept(() =>
        {
            // What was taught of the picture under way needs its features, so none overtakes them.
            if (!run.IsBusy && submitted > started && !IsTaught(started)) run.Start(started = submitted);
            came = run.GoOn(budget, out number);
        });
        if (came) Take(number);
        if (teaching?.GoOn() == true && answered > 0)
        {
            Answer = teaching.Judge(run.Features, top);
            return true;
        }
        return came;
    }

    /// <summary>Keeps the picture submitted last as a sample of a class. Answers are of what was taught as soon as it is learned, beside the frame.</summary>
    /// <returns>False where that picture was passed over, since one that was taught before still waits to be looked at: teach again in a later frame.</returns>
    /// <exception cref="InvalidOperationException">It was not opened with <see cref="HostedOptions.Teaches"/>, or no picture was submitted.</exception>
    public bool Teach(string label)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        if (teaching is null) throw new InvalidOperationException("This network was opened for looking only: set Teaches in its HostedOptions.");
        if (submitted == 0) throw new InvalidOperationException("There is nothing to teach yet: submit a picture first.");
        if (isPassedOver) return false;
        if (answered == submitted) teaching.Add(run.Features, label);
        else lessons.Add((submitted, label));
        return true;
    }

    /// <summary>Forgets all that was taught; answers are the network's own again.</summary>
    public void Forget()
    {
        lessons.Clear();
        teaching?.Clear();
        Answer = null;
    }

    /// <summary>Ends the work, waiting for it, and gives back all memory and textures.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        Kept(run.Dispose);
    }

    /// <summary>Whether the picture that waits was taught, so that no other takes its place.</summary>
    private bool IsHeld => submitted > started && IsTaught(submitted);

    private bool IsTaught(long picture) => lessons.Exists(one => one.Picture == picture);

    private void Take(long number)
    {
        answered = number;
        Answers++;
        foreach ((long picture, string label) in lessons)
            if (picture == number) teaching!.Add(run.Features, label);
        lessons.RemoveAll(one => one.Picture <= number);
        Answer = teaching?.Judge(run.Features, top) ?? Own();
    }

    private PictureAnswer? Own()
    {
        if (run.Scoring is null) return null;
        var guesses = new Guess[Math.Min(top, run.Scoring.Ranking.Classes)];
        run.Scoring.Rank(guesses);
        return new(guesses, run.Scoring.CertaintyOf(guesses[0]));
    }

    private void Kept(Action action)
    {
        state.Save();
        try
        {
            action();
        }
        finally
        {
            state.Restore();
        }
    }

    private static HostedNetwork LoadGl(GL gl, PictureModel model, HostedOptions options)
    {
        var device = new GlDevice(gl, ProgramCache.DefaultDirectory);
        return Open(model, device, options, (plan, scoring, layer, features) =>
        {
            var run = new GlHostedRun(model, device, (GlPlan)plan, scoring, layer, features);
            return (run, new GlStateKeeper(gl, run.StorageBindings));
        });
    }

    private static HostedNetwork LoadCpu(GL gl, PictureModel model, HostedOptions options)
    {
        var device = new CpuDevice(options.Threads);
        return Open(model, device, options, (plan, scoring, layer, features) => (new CpuHostedRun(gl, model, device, plan, scoring, layer, features), new GlStateKeeper(gl, 0)));
    }

    private static HostedNetwork Open(PictureModel model, Device device, HostedOptions options, Func<Plan, Scoring?, string?, string?, (HostedRun, GlStateKeeper)> open)
    {
        Plan? plan = null;
        try
        {
            string? layer = options.Layer is "" ? model.DefaultLayer ?? PictureLayers.Middle(model, device) : options.Layer;
            string? features = options.Teaches ? PictureLayers.Features(model) : null;
            plan = Compiler.Compile(model.Graph, device, model.Compilation([.. new[] { layer, features }.OfType<string>().Distinct()]));
            Scoring? scoring = null;
            if (model.Classifies)
            {
                Value output = Scoring.OutputOf(model, plan.Lowered.Graph).Value;
                ValueInfo info = plan.Lowered[output];
                MemoryFormat form = plan is GlPlan gl ? gl.Locate(output).Operand.Format : MemoryFormat.RowMajor(info.Type, info.Shape);
                scoring = new Scoring(model, info, form.Strides);
            }
            (HostedRun run, GlStateKeeper keeper) = open(plan, scoring, layer, features);
            return new(model, run, keeper, options, layer, device.Description);
        }
        catch
        {
            plan?.Dispose();
            device.Dispose();
            throw;
        }
    }
}
