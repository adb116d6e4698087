using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Runs plans as OpenGL compute shaders. It works on the thread its context is current on; made from a
/// <see cref="GlThread"/>, every call of a plan is carried there. On a display's context there are two: plans run on the display's
/// thread, and a second, shared context on a thread of its own makes them, so that no compiler and no first dispatch holds up a frame.
/// Other threads may use plans as ever: a pass they ask for then goes through <see cref="Slices"/>.
/// </summary>
public sealed unsafe class GlDevice : Device
{
    /// <summary>The form that holds a parameter's newest value where a plan of this device changes it.</summary>
    internal const string LiveKey = "live";

    private const int Nowhere = -1;

    private readonly GlThread? thread;
    private readonly int display = Nowhere;
    private readonly Lock gate = new();
    private readonly Dictionary<(Parameter, string), Packed> parameters = [];

    /// <summary>A parameter in one packed form, and how many plans use it.</summary>
    private sealed class Packed(GlBuffer buffer)
    {
        public GlBuffer Buffer => buffer;
        public long Version { get; set; } = -1;
        public int Users { get; set; }
    }

    private readonly Dictionary<(string File, string Defines), GlProgram> inUse = [];
    private GlProgram? packing;
    private GlFence assigned;

    /// <summary>The functions of the context that plans run on.</summary>
    public GL Gl { get; }
    public GlCaps Caps { get; }
    public ShaderLibrary Shaders { get; }
    public ProgramCache Programs { get; }

    /// <summary>Most bytes one storage block may have; tests lower it to see large weights bound in slices.</summary>
    internal long MaxBlockBytes { get; set; }

    /// <summary>Runs what GLSL has no types for.</summary>
    internal CpuDevice Host { get; } = new(threads: 1);

    public override string Kind => "gl";
    public override string Description => Caps.ToString();

    /// <param name="thread">Owns the context; disposed with the device.</param>
    /// <param name="cacheDirectory">Where program binaries are kept; null keeps none.</param>
    public GlDevice(GlThread thread, string? cacheDirectory, ShaderLibrary? shaders = null)
    {
        this.thread = thread;
        Gl = thread.Gl;
        Shaders = shaders ?? ShaderLibrary.Embedded();
        (Caps, Programs) = thread.Run(() => (GlCaps.Of(Gl), new ProgramCache(Gl, cacheDirectory)));
        MaxBlockBytes = Caps.MaxStorageRange;
    }

    /// <summary>A device on the context that is current now, whoever made it; all use has to stay on this thread.</summary>
    /// <param name="gl">The context's functions, as any program built on Silk.NET has them.</param>
    /// <exception cref="LiveCamException">The context is older than OpenGL 4.5.</exception>
    public GlDevice(GL gl, string? cacheDirectory, ShaderLibrary? shaders = null)
    {
        GlVersion.Require(gl);
        Gl = gl;
        Shaders = shaders ?? ShaderLibrary.Embedded();
        (Caps, Programs) = (GlCaps.Of(gl), new ProgramCache(gl, cacheDirectory));
        MaxBlockBytes = Caps.MaxStorageRange;
    }

    /// <summary>A device on a display's context, which is current on the calling thread: plans run there, and are made on the thread of a
    /// context that shares its objects.</summary>
    /// <param name="display">The functions of the display's context, 4.5 or newer.</param>
    /// <param name="workshop">Owns the second context; disposed of with the device.</param>
    public GlDevice(GL display, GlThread workshop, string? cacheDirectory, ShaderLibrary? shaders = null) : this(display, cacheDirectory, shaders)
    {
        thread = workshop;
        this.display = Environment.CurrentManagedThreadId;
        Slices = new SliceQueue(display);
    }

    /// <summary>Whether plans run on a display's thread.</summary>
    public bool IsOnDisplay => Slices is not null;

    /// <summary>What other threads ask of the display's, which has to call <see cref="SliceQueue.GoOn"/> in every tick; null where plans run on no display's thread.</summary>
    public SliceQueue? Slices { get; }

    public override Plan Plan(LoweredGraph schedule, long memoryLimit) => Invoke(() => new GlPlan(this, schedule, memoryLimit, choose: null));

    /// <summary>A plan whose every step uses the variant <paramref name="choose"/> picks (tests run all of them).</summary>
    public Plan Plan(LoweredGraph schedule, long memoryLimit, Func<Node, IReadOnlyList<ShaderCall>, ShaderCall> choose) =>
        Invoke(() => new GlPlan(this, schedule, memoryLimit, choose));

    /// <summary>The program of a shader file; the same one for the same defines. On the context's thread.</summary>
    /// <exception cref="LiveCamException">The file is missing, or the driver refuses it, with file and line.</exception>
    public GlProgram Program(string file, IEnumerable<KeyValuePair<string, string>> defines)
    {
        KeyValuePair<string, string>[] list = [.. defines];
        (string, string) key = (file, string.Join('\n', list.Select(define => $"{define.Key}={define.Value}")));
        lock (gate)
            if (inUse.TryGetValue(key, out GlProgram? known)) return known;
        var program = new GlProgram(file, list) { Name = Programs.Get(Shaders.Assemble(file, list)) };
        lock (gate) return inUse.TryAdd(key, program) ? program : inUse[key];
    }

    /// <summary>Reads and compiles every program in use again; plans go on with the new ones. When one fails, all stay as they are.</summary>
    /// <returns>How many changed.</returns>
    /// <exception cref="LiveCamException">A file is missing, or the driver refuses it, with file and line.</exception>
    public int ReloadShaders() => Invoke(() =>
    {
        GlProgram[] all;
        lock (gate) all = [.. inUse.Values];
        List<(GlProgram Program, uint Name)> fresh = [.. all.Select(program => (program, Programs.Get(Shaders.Assemble(program.File, program.Defines))))];
        fresh.RemoveAll(one => one.Name == one.Program.Name);
        foreach ((GlProgram program, uint name) in fresh) program.Name = name;
        return fresh.Count;
    });

    /// <summary>Runs something on a thread that has a context: this one if it has, else the device's own. Any context may use what that did.</summary>
    public void Invoke(Action action)
    {
        if (IsHere)
            action();
        else if (IsOnDisplay)
            Prepare(() =>
            {
                action();
                return true;
            }).GetAwaiter().GetResult();
        else
            thread!.Run(action);
    }

    /// <inheritdoc cref="Invoke(Action)"/>
    public T Invoke<T>(Func<T> function) => IsHere ? function() : IsOnDisplay ? Prepare(function).GetAwaiter().GetResult() : thread!.Run(function);

    /// <summary>Makes something beside the display (compiles, uploads), finished when the task is; without a second context at once.</summary>
    public Task<T> Prepare<T>(Func<T> make)
    {
        if (thread is null || thread.IsCurrent)
            return Task.FromResult(make());
        return thread.Post(() =>
        {
            T made = make();
            // Another context may use it only now.
            Gl.Finish();
            return made;
        });
    }

    /// <summary>Packed parameters that plans hold at the moment.</summary>
    internal int PackedParameters => parameters.Count;

    /// <summary>Whether the calling thread may use the context.</summary>
    internal bool IsHere => thread is null || thread.IsCurrent || Environment.CurrentManagedThreadId == display;

    /// <summary>Times that the host packed a parameter.</summary>
    internal int HostPackings { get; private set; }

    /// <summary>Whether passes of plans run on the calling thread, so that what they assigned lies before it.</summary>
    private bool RunsHere => IsOnDisplay ? Environment.CurrentManagedThreadId == display : IsHere;

    /// <summary>A parameter in a packed form in GPU memory, at its present version; <see cref="Release"/> gives it back.</summary>
    internal (GlBuffer Buffer, long Version) Acquire(Parameter parameter, ParameterForm form)
    {
        lock (gate)
        {
            if (!parameters.TryGetValue((parameter, form.Key), out Packed? packed))
            {
                parameters[(parameter, form.Key)] = packed = new(new GlBuffer(Gl, form.Floats * 4, $"{parameter.Name} {form.Key}"));
                // What lies between packed elements is read with them.
                packed.Buffer.Clear(0, packed.Buffer.Bytes);
            }
            if (form.Copies.Count > 0)
                packing ??= Program("pack.comp", []);
            packed.Users++;
            return (packed.Buffer, Refresh(parameter, form));
        }
    }

    /// <summary>Packs a parameter again where it has changed, on the device where its newest value lies there; its version.</summary>
    internal long Refresh(Parameter parameter, ParameterForm form)
    {
        lock (gate)
        {
            Packed packed = parameters[(parameter, form.Key)];
            long version = parameter.Version;
            if (packed.Version == version)
                return version;
            if (form.Copies.Count > 0 && RunsHere && parameters.TryGetValue((parameter, LiveKey), out Packed? live) && live.Version == version
                && Math.Max(live.Buffer.Bytes, packed.Buffer.Bytes) <= MaxBlockBytes)
            {
                form.Run(Gl, packing!, live.Buffer, packed.Buffer);
                return packed.Version = version;
            }
            HostPackings++;
            using var memory = new NativeMemoryBlock(packed.Buffer.Bytes);
            form.Pack(parameter.Present, (float*)memory.Pointer);
            packed.Buffer.Upload<byte>(new(memory.Pointer, checked((int)packed.Buffer.Bytes)));
            return packed.Version = version;
        }
    }

    /// <summary>On the thread of passes, behind what one assigned and before others are told of it.</summary>
    internal void MarkAssigned()
    {
        if (!IsOnDisplay)
            return;
        lock (gate)
        {
            assigned.Drop(Gl);
            assigned = GlFence.Place(Gl);
        }
        Gl.Flush();
    }

    /// <summary>Waits until what passes assigned so far may be read by the calling thread's context: the display's own sees it in order.</summary>
    internal void AwaitAssigned()
    {
        while (!RunsHere)
        {
            lock (gate)
                if (assigned.IsPassed(Gl))
                    return;
            Thread.Sleep(1);
        }
    }

    /// <summary>A form that was written on the device is the parameter's present version; that version.</summary>
    internal long MarkCurrent(Parameter parameter, string key)
    {
        lock (gate)
            return parameters[(parameter, key)].Version = parameter.Version;
    }

    internal void Release(Parameter parameter, string key)
    {
        lock (gate)
        {
            Packed packed = parameters[(parameter, key)];
            if (--packed.Users > 0)
                return;
            packed.Buffer.Dispose();
            parameters.Remove((parameter, key));
        }
    }

    public override void Dispose()
    {
        Invoke(() =>
        {
            foreach (Packed packed in parameters.Values)
                packed.Buffer.Dispose();
            Programs.Dispose();
            assigned.Drop(Gl);
            Slices?.Dispose();
        });
        Host.Dispose();
        thread?.Dispose();
    }
}
