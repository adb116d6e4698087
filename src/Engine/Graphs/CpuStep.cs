using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>One thread of a worker team as a step sees it: its number and its scratch memory (64-byte aligned).</summary>
public sealed unsafe class Worker(int index)
{
    public int Index => index;
    public float* Scratch { get; set; }
}

/// <summary>A prepared CPU step. Rows are the unit of threading and of slicing by time; the bits never depend on the split.</summary>
public abstract class CpuStep
{
    /// <summary>Fixed units of work, about 10 to 50 microseconds each.</summary>
    public abstract int Rows { get; }

    /// <summary>Computes rows <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    public abstract void Run(int begin, int end, Worker worker);

    /// <summary>What has to run one after the other, each on all threads: the step itself unless it is made of several.</summary>
    public virtual IReadOnlyList<CpuStep> Phases => [this];

    /// <summary>This step, and another once all rows of this are done.</summary>
    public CpuStep Then(CpuStep next) => InTurn([this, next]);

    /// <summary>Steps that depend on each other: one begins when the one before it is done.</summary>
    public static CpuStep InTurn(IReadOnlyList<CpuStep> steps) => new Sequence([.. steps.SelectMany(step => step.Phases).Where(step => step.Rows > 0)]);

    /// <summary>A step that has nothing to do (every output already lies where it belongs).</summary>
    public static CpuStep None { get; } = Of(0, (_, _, _) => { });

    /// <summary>A step from a row count and the body of the loop.</summary>
    /// <param name="kernel">What runs, in a word or two for <c>livecam bench --layers</c>.</param>
    public static CpuStep Of(int rows, Action<int, int, Worker> body, string kernel = "direct") => new Rowed(rows, body, kernel);

    /// <summary>A plan takes the phases apart; as a part of a larger step they are one row.</summary>
    private sealed class Sequence(CpuStep[] phases) : CpuStep
    {
        public override int Rows => Math.Min(1, phases.Length);
        public override IReadOnlyList<CpuStep> Phases => phases;
        public override string ToString() => phases.Length == 0 ? "" : $"{phases[^1]}";

        public override void Run(int begin, int end, Worker worker)
        {
            foreach (CpuStep phase in phases)
                phase.Run(0, phase.Rows, worker);
        }
    }

    private sealed class Rowed(int rows, Action<int, int, Worker> body, string kernel) : CpuStep
    {
        public override int Rows => rows;
        public override void Run(int begin, int end, Worker worker) => body(begin, end, worker);
        public override string ToString() => kernel;
    }
}

/// <summary>Where a value of a CPU plan lies. Parameters may move between runs (a new version), so steps read
/// <see cref="Pointer"/> when they run and never keep it.</summary>
public sealed unsafe class Operand(MemoryFormat form)
{
    public MemoryFormat Format => form;
    public void* Pointer { get; set; }

    /// <exception cref="InvalidOperationException">The elements are of another type, so a kernel would leave their memory.</exception>
    public float* Floats => Format.Type == ElementType.Float32 ? (float*)Pointer : throw new InvalidOperationException($"{Format.Type} elements were read as Float32.");

    public T* As<T>() where T : unmanaged => (T*)Pointer;
}
