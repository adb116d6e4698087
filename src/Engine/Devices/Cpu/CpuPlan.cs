using System.Diagnostics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>A plan on the CPU device: an arena in native memory and one prepared step per node.</summary>
public sealed unsafe class CpuPlan : Plan
{
    private readonly CpuDevice device;
    private readonly ArenaLayout layout;
    private readonly NativeMemoryBlock arena;
    private readonly Dictionary<Value, Operand> operands = [];
    private readonly List<DerivedOperand> derived = [];
    private readonly Shares refreshing, assigning;
    private readonly HashSet<(Parameter, string)> counted = [];
    private readonly List<IDisposable> owned = [];
    private readonly List<PlanStep> descriptions = [];
    private readonly List<(Parameter Parameter, Action<Tensor> Write, long Bytes)> assignments = [];
    private readonly Action assignAll;
    private readonly Operand? guard;
    private readonly CpuStep[] steps;
    private readonly int[] descriptionOf;
    private readonly NativeMemoryBlock scratch;
    private readonly long scratchPerWorker;
    private readonly Operand shared = new(MemoryFormat.RowMajor(ElementType.Float32, [0]));
    private long sharedFloats;
    private int nextStep, nextRow;

    internal CpuPlan(CpuDevice device, LoweredGraph schedule, long memoryLimit) : base(schedule)
    {
        this.device = device;
        layout = new ArenaLayout(schedule, alignment: 64);
        if (layout.Bytes > memoryLimit)
            throw new LiveCamException(
                $"Running this network needs {layout.Bytes >> 20} MB for its values, but the limit is {memoryLimit >> 20} MB.");
        arena = new NativeMemoryBlock(layout.Bytes);
        assignAll = AssignAll;
        var prepared = new List<CpuStep>();
        var owners = new List<int>();
        var budget = new Budget(memoryLimit - layout.Bytes);
        long scratchFloats = 0;
        try
        {
            foreach (Node node in schedule.Nodes)
            {
                if (layout.IsView(node) || node.Outputs.All(value => !value.Exists || schedule[value].Shape.ElementCount == 0))
                    continue;
                var call = new Call(this, node, budget);
                CpuStep step = node.Checked(() => node.Op.Prepare(call));
                scratchFloats = Math.Max(scratchFloats, call.ScratchFloats);
                if (step.Rows == 0)
                    continue;
                Value output = node.Outputs.First(value => value.Exists);
                foreach (CpuStep phase in step.Phases.Where(phase => phase.Rows > 0))
                {
                    prepared.Add(phase);
                    owners.Add(descriptions.Count);
                }
                descriptions.Add(new(node.Name, node.Op.Name, step.ToString() ?? "", output, schedule[output].Shape, schedule.Flop(node)));
            }
            budget.Take(sharedFloats * 4, "memory that steps share");
            var sharedMemory = new NativeMemoryBlock(sharedFloats * 4);
            owned.Add(sharedMemory);
            shared.Pointer = sharedMemory.Pointer;
            scratchPerWorker = (scratchFloats + 31) / 16 * 16;
            budget.Take(scratchPerWorker * 4 * device.Threads, "scratch memory");
            foreach ((Parameter parameter, Value value) in schedule.Graph.Assignments)
            {
                Operand source = At(value);
                assignments.Add((parameter, tensor => Strided.Gather(source, tensor), source.Format.Span));
            }
            refreshing = new Shares(device.Threads, [.. derived.OrderByDescending(operand => operand.Bytes).Select(operand => (Action)operand.Refresh)]);
            assigning = new Shares(device.Threads, [.. assignments.OrderByDescending(one => one.Bytes).Select(one => (Action)(() => one.Parameter.Update(one.Write)))]);
            guard = schedule.Graph.AssignmentGuard.Exists ? At(schedule.Graph.AssignmentGuard) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
        steps = [.. prepared];
        descriptionOf = [.. owners];
        scratch = new NativeMemoryBlock(scratchPerWorker * 4 * device.Threads);
        PackParameters();
    }

    public override IReadOnlyList<PlanStep> Steps => descriptions;
    public override long ArenaBytes => layout.Bytes;

    /// <summary>Where an input, output or kept value lies; parameters too.</summary>
    /// <exception cref="LiveCamException">Nothing is left of the value after a run, or it is of another graph.</exception>
    public Operand this[Value value] => At(Lowered.Readable(value));

    private Operand At(Value value)
    {
        if (operands.TryGetValue(value, out Operand? known))
            return known;
        Operand operand;
        if (Lowered.Graph.Parameters.TryGetValue(value, out Parameter? parameter))
        {
            var raw = new DerivedOperand(MemoryFormat.RowMajor(parameter.Type, parameter.Shape), (long)parameter.Shape.ElementCount * parameter.Type.Size(), until => device.Parameters.Raw(parameter, until), parameter);
            derived.Add(raw);
            if (refreshing is not null)
                raw.Refresh();
            operand = raw.Operand;
        }
        else
        {
            Placement place = layout[value];
            operand = new Operand(place.Format)
            {
                Pointer = arena.Pointer + layout.Blocks[place.Block].Offset + place.Offset * place.Format.Type.Size(),
            };
        }
        return operands[value] = operand;
    }

    public override void Write(string input, Tensor tensor)
    {
        Value value = Lowered.Input(input);
        CheckFits(input, Lowered[value], tensor);
        Strided.Scatter(tensor, At(value));
    }

    protected override Tensor Fetch(Value value) => Strided.Gather(At(value));

    public override void Run() => RunUntil(long.MaxValue);

    public override bool RunFor(TimeSpan budget) => RunUntil(Stopwatch.GetTimestamp() + (long)(budget.TotalSeconds * Stopwatch.Frequency));

    public override void Measure()
    {
        var times = new double[descriptions.Count];
        lock (device.Running)
        {
            Begin();
            for (int i = 0; i < steps.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                device.Team.Run(steps[i], 0, steps[i].Rows);
                times[descriptionOf[i]] += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            End();
        }
        StepMilliseconds = times;
    }

    public override void Dispose()
    {
        foreach (DerivedOperand operand in derived)
            operand.Release();
        derived.Clear();
        foreach (IDisposable item in owned)
            item.Dispose();
        scratch?.Dispose();
        arena.Dispose();
    }

    private bool RunUntil(long deadline)
    {
        lock (device.Running)
        {
            if (nextStep == 0 && nextRow == 0)
                Begin();
            else
                PointScratch();
            try
            {
                if (deadline == long.MaxValue)
                    RunToTheEnd();
                else if (!RunSlice(deadline))
                    return false;
            }
            catch
            {
                // A step that fails (an index that does not exist) ends the pass; the next run begins a new one.
                (nextStep, nextRow) = (0, 0);
                throw;
            }
            End();
            return true;
        }
    }

    private void RunToTheEnd()
    {
        for (; nextStep < steps.Length; nextStep++, nextRow = 0)
            device.Team.Run(steps[nextStep], nextRow, steps[nextStep].Rows);
    }

    private bool RunSlice(long deadline)
    {
        while (nextStep < steps.Length)
        {
            CpuStep step = steps[nextStep];
            int rows = Math.Min(step.Rows - nextRow, device.Threads * 4);
            device.Team.Run(step, nextRow, nextRow + rows);
            nextRow += rows;
            if (nextRow == step.Rows)
                (nextStep, nextRow) = (nextStep + 1, 0);
            if (Stopwatch.GetTimestamp() >= deadline && nextStep < steps.Length)
                return false;
        }
        return true;
    }

    /// <summary>A pass begins: it sees the parameters as they are now, all of an update or none, to its end.</summary>
    private void Begin()
    {
        PointScratch();
        long seen;
        do
        {
            seen = ParameterUpdates.Settled();
            if (!AllCurrent())
                refreshing.Run(device.Team);
            // Those that somebody has asked for since the plan was made.
            foreach (DerivedOperand operand in derived)
                operand.Refresh();
        }
        while (!ParameterUpdates.IsStill(seen));
    }

    /// <summary>A pass is finished: what it assigns becomes true.</summary>
    private void End()
    {
        (nextStep, nextRow) = (0, 0);
        HasAssigned = assignments.Count > 0 && (guard is null || *guard.Floats != 0);
        if (HasAssigned)
            ParameterUpdates.Together(assignAll);
    }

    /// <summary>Packs now what the first run would otherwise wait for: by all threads, unless another plan of the device is using them.</summary>
    private void PackParameters()
    {
        if (!device.Running.TryEnter())
        {
            foreach (DerivedOperand operand in derived)
                operand.Refresh();
            return;
        }
        try
        {
            refreshing.Run(device.Team);
        }
        finally
        {
            device.Running.Exit();
        }
    }

    private bool AllCurrent()
    {
        foreach (DerivedOperand operand in derived)
            if (!operand.IsCurrent)
                return false;
        return true;
    }

    private void AssignAll() => assigning.Run(device.Team);

    private void PointScratch()
    {
        foreach (Worker worker in device.Team.Workers)
            worker.Scratch = (float*)scratch.Pointer + worker.Index * scratchPerWorker;
    }

    /// <summary>Counts memory before it is taken.</summary>
    private sealed class Budget(long bytes)
    {
        private long left = bytes;

        public void Take(long amount, string what)
        {
            if (amount < 0 || (left -= amount) < 0)
                throw new LiveCamException($"Running this network needs {amount >> 20} MB more for {what} than its memory limit leaves.");
        }
    }

    /// <summary>Work on parameters that all threads share, the largest first: each takes the next piece when it is done with one.</summary>
    private sealed class Shares(int threads, Action[] pieces) : CpuStep
    {
        private int taken;

        public override int Rows => Math.Min(threads, pieces.Length);

        public void Run(WorkerTeam team)
        {
            taken = 0;
            team.Run(this, 0, Rows);
        }

        public override void Run(int begin, int end, Worker worker)
        {
            for (int piece; (piece = Interlocked.Increment(ref taken) - 1) < pieces.Length;)
                pieces[piece]();
        }
    }

    /// <summary>A parameter in some form, looked up again when its version has changed.</summary>
    private sealed class DerivedOperand(MemoryFormat form, long bytes, Func<PackedParameter?, PackedParameter> find, Parameter parameter)
    {
        private PackedParameter? packed;

        // Of the form as this plan has it: another plan may pack it anew, but into other memory.
        private long version;

        public Operand Operand { get; } = new(form);
        public long Bytes => bytes;
        public bool IsCurrent => packed is not null && parameter.Version == version;

        public void Refresh()
        {
            if (IsCurrent)
                return;
            packed = find(packed);
            version = packed.Version;
            Operand.Pointer = packed.Memory.Pointer;
        }

        public void Release() => packed?.Release();
    }

    private sealed class Call(CpuPlan plan, Node node, Budget budget) : CpuCall(node)
    {
        public long ScratchFloats { get; private set; }

        public override Kernels.VectorWidth Width => plan.device.Width;
        public override bool Exact => plan.Lowered.Exact || plan.device.Exact;
        public override Operand Input(int input) => plan.At(Node.Inputs[input]);
        public override Operand Output(int output) => plan.At(Node.Outputs[output]);
        public override ValueInfo InputInfo(int input) => plan.Lowered[Node.Inputs[input]];
        public override ValueInfo OutputInfo(int output) => plan.Lowered[Node.Outputs[output]];
        public override Parameter? Parameter(int input) => plan.Lowered.Graph.Parameters.GetValueOrDefault(Node.Inputs[input]);

        public override bool Assigns(int input) => Parameter(input) is { } parameter && plan.Lowered.Graph.Assignments.Any(assignment => assignment.Parameter == parameter);

        public override Operand Derived(int input, string key, long floats, Pack pack)
        {
            Parameter parameter = Parameter(input)
                ?? throw new LiveCamException($"{Node.Op.Name} \"{Node.Name}\": its input {input} has to be a parameter, but is computed at run time.");
            if (plan.counted.Add((parameter, key)))
                budget.Take(floats * 4, $"the weights of \"{Node.Name}\"");
            var operand = new DerivedOperand(MemoryFormat.RowMajor(ElementType.Float32, [checked((int)Math.Min(floats, int.MaxValue))]), floats * 4,
                until => plan.device.Parameters.Get(parameter, key, floats * 4, pack, until), parameter);
            plan.derived.Add(operand);
            return operand.Operand;
        }

        public override Operand Zeros(long floats) => Workspace(floats);

        public override Operand Workspace(long floats)
        {
            budget.Take(floats * 4, $"the workspace of \"{Node.Name}\"");
            var memory = new NativeMemoryBlock(floats * 4);
            plan.owned.Add(memory);
            return new Operand(MemoryFormat.RowMajor(ElementType.Float32, [checked((int)floats)])) { Pointer = memory.Pointer };
        }

        public override Operand Shared(long floats)
        {
            plan.sharedFloats = Math.Max(plan.sharedFloats, floats);
            return plan.shared;
        }

        public override void NeedScratch(long floats) => ScratchFloats = Math.Max(ScratchFloats, floats);

        public override T Own<T>(T disposable)
        {
            plan.owned.Add(disposable);
            return disposable;
        }
    }
}
