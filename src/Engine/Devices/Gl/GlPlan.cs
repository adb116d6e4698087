using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>A plan on the GL device: one arena buffer and a list of dispatches with every binding and barrier fixed.</summary>
public sealed unsafe partial class GlPlan : Plan
{
    private const int ArenaAlignment = 256;

    private readonly GlDevice device;
    private readonly ArenaLayout layout;
    private readonly GlBuffer arena = null!;
    private readonly GlBuffer? workspace;
    private readonly Dictionary<Value, SpreadPixels> spreads = [];
    private readonly List<GlStep> steps = [];
    private readonly List<PlanStep> descriptions = [];
    private readonly List<(Parameter Parameter, ParameterForm Format, GlBuffer Buffer, long Version)> derived = [];
    private readonly HashSet<Parameter> assigned;
    private readonly Action runAll, assignAll;
    private readonly ReadbackRing? verdict;
    private double[] predicted;
    private double pace = 1;
    private long memoryLeft;
    private int next;
    private bool isJudged, isWarm;

    internal GlPlan(GlDevice device, LoweredGraph schedule, long memoryLimit, Func<Node, IReadOnlyList<ShaderCall>, ShaderCall>? choose)
        : base(schedule)
    {
        this.device = device;
        (runAll, assignAll) = (RunAll, AssignAll);
        assigned = [.. schedule.Graph.Assignments.Select(one => one.Parameter)];
        layout = new ArenaLayout(schedule, ArenaAlignment, Lies);
        memoryLeft = memoryLimit;
        Take(layout.Bytes, "its values");
        try
        {
            arena = new GlBuffer(device.Gl, Math.Max(ArenaAlignment, layout.Bytes), "arena");
            arena.Clear(0, arena.Bytes);
            workspace = Prepare(choose);
            foreach (Parameter parameter in assigned)
                Live(parameter);
            if (assigned.Count > 0 && schedule.Graph.AssignmentGuard.Exists)
                verdict = new ReadbackRing(device.Gl, sizeof(float), slots: 2);
            foreach (GraphInput input in schedule.Graph.Inputs)
                if (layout[input.Value].Format is { IsDense: false } form && form.Type.Size() >= 4)
                    Spread(input.Value);
        }
        catch
        {
            Dispose();
            throw;
        }
        predicted = [.. descriptions.Select(step => 0.02 + step.Flop / (device.Caps.IsSoftware ? 3e6 : 1e9))];
    }

    /// <summary>Chooses a variant for every node and fixes its dispatches; the workspace they share.</summary>
    private GlBuffer? Prepare(Func<Node, IReadOnlyList<ShaderCall>, ShaderCall>? choose)
    {
        var chosen = new List<(Node Node, ShaderCall? Call)>();
        long workspaceBytes = 0;
        foreach (Node node in Lowered.Nodes)
        {
            if (layout.IsView(node))
                continue;
            List<ShaderCall> candidates = HasShader(node) ? [.. node.Checked(() => node.Op.Shaders(new Call(this, node)).ToArray())] : [];
            ShaderCall? call = candidates.Count == 0 ? null : choose?.Invoke(node, candidates) ?? candidates[0];
            if (call is { Groups.X: 0 })
                continue;
            chosen.Add((node, call));
            if (call is not null)
                workspaceBytes = Math.Max(workspaceBytes, WorkspaceOffset(call, int.MaxValue));
        }
        Take(workspaceBytes, "scratch memory");
        GlBuffer? scratch = workspaceBytes > 0 ? new GlBuffer(device.Gl, workspaceBytes, "workspace") : null;
        var hazards = new Hazards();
        foreach ((Node node, ShaderCall? call) in chosen)
        {
            GlStep step = call is null ? new HostStep(this, node) : new DispatchStep(this, node, call, scratch, hazards);
            if (call is null)
                hazards.Clear();
            steps.Add(step);
            Value output = node.Outputs.First(value => value.Exists);
            descriptions.Add(new(node.Name, node.Op.Name, call?.Variant ?? "host", output, Lowered[output].Shape, Lowered.Flop(node)));
        }
        return scratch;
    }

    /// <summary>Storage bindings, from 0 on, that its steps change.</summary>
    internal int StorageBindings { get; private set; }

    public override IReadOnlyList<PlanStep> Steps => descriptions;
    public override int HostOps => steps.Count(step => step is HostStep);
    public override long ArenaBytes => layout.Bytes;

    /// <summary>The buffer that holds an input, output, kept value or parameter, the byte its block starts at, the block's length, and the
    /// value's place in it.</summary>
    /// <exception cref="LiveCamException">Nothing is left of the value after a run, or it is of another graph.</exception>
    public (GlBuffer Buffer, long Offset, long Bytes, GlOperand Operand) Locate(Value value) => At(Lowered.Readable(value));

    private (GlBuffer Buffer, long Offset, long Bytes, GlOperand Operand) At(Value value)
    {
        if (Lowered.Graph.Parameters.TryGetValue(value, out Parameter? parameter))
        {
            if (assigned.Contains(parameter))
                return (Live(parameter), 0, Live(parameter).Bytes, new(MemoryFormat.RowMajor(Lies(parameter.Type), parameter.Shape), 0));
            GlBuffer buffer = Packed(parameter, Dense(parameter, "dense"));
            return (buffer, 0, buffer.Bytes, new(MemoryFormat.RowMajor(Lies(parameter.Type), parameter.Shape), 0));
        }
        Placement place = layout[value];
        Block block = layout.Blocks[place.Block];
        return (arena, block.Offset, block.Bytes, new(place.Format, checked((int)place.Offset)));
    }

    /// <summary>MemoryFormat and place of a value, without giving memory to a parameter.</summary>
    private GlOperand Place(Value value)
    {
        if (Lowered.Graph.Parameters.TryGetValue(value, out Parameter? parameter))
            return new(MemoryFormat.RowMajor(Lies(parameter.Type), parameter.Shape), 0);
        Placement place = layout[value];
        return new(place.Format, checked((int)place.Offset));
    }

    private Touched Touch(Value value, bool written)
    {
        (GlBuffer buffer, long offset, long bytes, GlOperand at) = At(value);
        return at.Format.Layout == Layout.ChannelsLast && at.Format.Shape[1] <= at.Format.Pitch
            ? new(buffer, offset, bytes, written, at.Offset % at.Format.Pitch, at.Format.Shape[1]) : new(buffer, offset, bytes, written);
    }

    public override void Write(string input, Tensor tensor)
    {
        Value value = Lowered.Input(input);
        CheckFits(input, Lowered[value], tensor);
        device.Invoke(() => Upload(value, tensor));
    }

    protected override Tensor Fetch(Value value) => device.Invoke(() => Download(value));

    public override void Run()
    {
        if (device.IsHere || !device.IsOnDisplay)
        {
            device.Invoke(runAll);
            return;
        }
        if (!isWarm)
            device.Invoke(WarmUp);
        device.Slices!.Run(this);
    }

    /// <summary>Milliseconds that all steps are expected to take: as measured, corrected by <see cref="Learn"/>.</summary>
    public double ExpectedMilliseconds => predicted.Sum() * pace;

    /// <summary>Milliseconds that the steps of the last call of <see cref="RunFor"/> were expected to take.</summary>
    public double LastExpected { get; private set; }

    /// <summary>Says what the device took for steps that were expected to take something else; expectations follow slowly.</summary>
    public void Learn(double expected, double took)
    {
        if (expected > 0 && double.IsFinite(took))
            pace = Math.Clamp(pace * (1 + 0.2 * (Math.Clamp(took / expected, 0.25, 4) - 1)), 0.05, 20);
    }

    /// <summary>Runs the steps once and times them once, so that no program is new to the driver and <see cref="RunFor"/> knows what they take. Nothing is assigned.</summary>
    public void WarmUp()
    {
        device.Invoke(() =>
        {
            Begin();
            foreach (GlStep step in steps)
                step.Run();
        });
        Measure();
        isWarm = true;
    }

    public override bool RunFor(TimeSpan budget) => device.IsHere ? RunSlice(budget) : SliceElsewhere(budget);

    /// <summary>Times every step: by the device's clock, or by ours where steps run on the host. Nothing is assigned.</summary>
    public override void Measure() => device.Invoke(() =>
    {
        Begin();
        device.Gl.Finish();
        double[] times = new double[steps.Count];
        using var timer = new GpuTimer(device.Gl, Math.Max(1, steps.Count));
        bool byDevice = timer.IsSupported && HostOps == 0;
        timer.BeginFrame();
        for (int i = 0; i < steps.Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            timer.Begin(i);
            steps[i].Run();
            timer.End(i);
            if (!byDevice)
                device.Gl.Finish();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        timer.EndFrame();
        device.Gl.Finish();
        if (byDevice)
            timer.TryRead(times, out _);
        next = 0;
        (predicted, pace) = (times, 1);
        StepMilliseconds = times;
    });

    /// <summary>Waits until everything issued so far is done. Never on the render thread.</summary>
    public void Finish() => device.Invoke(() => device.Gl.Finish());

    public override void Dispose() => device.Invoke(() =>
    {
        foreach (GlStep step in steps)
            step.Dispose();
        // What only this device has comes to the host before its memory goes.
        foreach (Parameter parameter in assigned)
            _ = parameter.Present;
        foreach (var entry in derived)
            device.Release(entry.Parameter, entry.Format.Key);
        derived.Clear();
        foreach (SpreadPixels spread in spreads.Values)
            spread.Dispose();
        verdict?.Dispose();
        workspace?.Dispose();
        arena?.Dispose();
    });

    private bool HasShader(Node node) =>
        node.Inputs.Concat(node.Outputs).All(value => !value.Exists || node.Op.HasShaderFor(Lowered[value].Type)
            || Lowered.IsParameter(value) && !node.Outputs.Contains(value));

    private void RunAll()
    {
        if (next == 0)
            Begin();
        while (next < steps.Count)
            RunNext();
        while (!TryEnd())
            device.Gl.Finish();
        device.Gl.Flush();
    }

    private bool SliceElsewhere(TimeSpan budget) => device.Invoke(() => RunSlice(budget));

    /// <summary>One step in any case, then those that are expected to fit.</summary>
    private bool RunSlice(TimeSpan budget)
    {
        if (next == 0)
            Begin();
        double left = budget.TotalMilliseconds;
        for (bool first = true; next < steps.Count && (first || predicted[next] * pace <= left); first = false)
        {
            left -= predicted[next] * pace;
            RunNext();
        }
        LastExpected = budget.TotalMilliseconds - left;
        bool isFinished = next == steps.Count && TryEnd();
        device.Gl.Flush();
        return isFinished;
    }

    /// <summary>A step that fails on the host ends the pass.</summary>
    private void RunNext()
    {
        try
        {
            steps[next++].Run();
        }
        catch
        {
            next = 0;
            throw;
        }
    }

    /// <summary>A pass begins: parameters that changed since the last one are packed again.</summary>
    private void Begin()
    {
        // The first steps write what the last ones of the pass before may still read.
        device.Gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        long seen;
        do
        {
            seen = ParameterUpdates.Settled();
            for (int i = 0; i < derived.Count; i++)
            {
                var entry = derived[i];
                if (entry.Parameter.Version != entry.Version)
                    derived[i] = entry with { Version = device.Refresh(entry.Parameter, entry.Format) };
            }
        }
        while (!ParameterUpdates.IsStill(seen));
    }

    /// <summary>A pass is finished: what it assigns becomes true, without leaving the device, once the guard has come back and allows it.</summary>
    /// <returns>Whether the guard has come back; without one at once.</returns>
    private bool TryEnd()
    {
        bool isAccepted = true;
        if (verdict is not null)
        {
            (GlBuffer memory, long offset, _, GlOperand at) = At(Lowered.Graph.AssignmentGuard);
            if (!isJudged)
                isJudged = verdict.TryCopy(memory.Name, offset + (long)at.Offset * sizeof(float), sizeof(float), tag: 0);
            if (!verdict.TryRead(out ReadOnlySpan<byte> guard, out _))
                return false;
            isAccepted = MemoryMarshal.Read<float>(guard) != 0;
        }
        (next, isJudged, HasAssigned) = (0, false, isAccepted && assigned.Count > 0);
        if (HasAssigned)
            ParameterUpdates.Together(assignAll);
        return true;
    }

    private void AssignAll()
    {
        device.Gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
        foreach ((Parameter parameter, Value value) in Lowered.Graph.Assignments)
        {
            (GlBuffer from, long offset, _, GlOperand at) = At(value);
            int size = parameter.Type.Size();
            if (at.Format.IsDense)
                from.CopyTo(Live(parameter), offset + (long)at.Offset * size, 0, (long)parameter.Shape.ElementCount * size);
        }
        device.MarkAssigned();
        foreach ((Parameter parameter, Value value) in Lowered.Graph.Assignments)
        {
            if (!At(value).Operand.Format.IsDense)
            {
                parameter.Assign(Download(value));
                continue;
            }
            GlBuffer live = Live(parameter);
            parameter.Update(() => device.Invoke(() => DownloadLive(live, parameter)));
            long version = device.MarkCurrent(parameter, GlDevice.LiveKey);
            for (int i = 0; i < derived.Count; i++)
                if (derived[i].Parameter == parameter && derived[i].Format.Key == GlDevice.LiveKey)
                    derived[i] = derived[i] with { Version = version };
        }
    }

    /// <summary>Where a numbered workspace of a chain of dispatches starts; with the largest number, where all of them end.</summary>
    private static long WorkspaceOffset(ShaderCall first, int index)
    {
        var sizes = new SortedDictionary<int, long>();
        for (ShaderCall? call = first; call is not null; call = call.Next)
            foreach (Binding.Workspace work in call.Bindings.OfType<Binding.Workspace>())
                sizes[work.Index] = Math.Max(sizes.GetValueOrDefault(work.Index), AlignUp(work.Bytes));
        return sizes.Where(size => size.Key < index).Sum(size => size.Value);
    }

    private static long AlignUp(long bytes) => (bytes + ArenaAlignment - 1) / ArenaAlignment * ArenaAlignment;

    private sealed class Call(GlPlan plan, Node node) : GlCall(node)
    {
        public override GlOperand Input(int input) => plan.Place(Node.Inputs[input]);
        public override GlOperand Output(int output) => plan.Place(Node.Outputs[output]);
        public override ValueInfo InputInfo(int input) => plan.Lowered[Node.Inputs[input]];
        public override ValueInfo OutputInfo(int output) => plan.Lowered[Node.Outputs[output]];
        public override Parameter? Parameter(int input) => plan.Lowered.Graph.Parameters.GetValueOrDefault(Node.Inputs[input]);

        public override bool IsAt(int input, int output, int elementOffset)
        {
            if (plan.Lowered.IsParameter(Node.Inputs[input]))
                return false;
            Placement from = plan.layout[Node.Inputs[input]], to = plan.layout[Node.Outputs[output]];
            return from.Block == to.Block && from.Offset == to.Offset + elementOffset && from.Format.Pitch == to.Format.Pitch;
        }

        public override long MaxBlockBytes => plan.device.MaxBlockBytes;
        public override int SharedBytes => plan.device.Caps.SharedMemory;
        public override int Processors => plan.device.Caps.Cores;
        public override bool IsSoftware => plan.device.Caps.IsSoftware;
    }
}
