using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>Which memory layouts an operation reads and writes (see <see cref="Layout"/>).</summary>
public enum LayoutRule
{
    /// <summary>Reads any strides; the output takes the layout of the inputs of its rank.</summary>
    Follow,
    /// <summary>Feature maps (rank 3 and up) are read and written channels-last.</summary>
    ChannelsLast,
    /// <summary>Reads and writes dense row-major memory.</summary>
    RowMajor,
    /// <summary>Reads any strides; the output is row-major unless a reader wants channels-last.</summary>
    Reads,
    /// <summary>Reads any strides; the output is row-major (its axes are not the input's).</summary>
    Reread,
}

/// <summary>
/// An operation: its attributes, and the answers about them. Immutable, value-equal, without state or memory.
/// </summary>
public abstract record Op
{
    /// <summary>The operation's name in ONNX's spelling.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Shapes, types and known values of the inputs in; every output out.</summary>
    public abstract void Infer(InferCall call);

    /// <summary>Picks a CPU kernel for concrete shapes and names the weights it derives.</summary>
    public abstract CpuStep Prepare(CpuCall call);

    /// <summary>Candidate dispatches, best guess first. None: the step runs on the host and is counted.</summary>
    public abstract IEnumerable<ShaderCall> Shaders(GlCall call);

    /// <summary>Which layouts the kernels read and write.</summary>
    public virtual LayoutRule Layouts => LayoutRule.Follow;

    /// <summary>Whether <see cref="LayoutRule.ChannelsLast"/> speaks of this input too (weights are row-major).</summary>
    public virtual bool IsFeatureMap(int input) => true;

    /// <summary>Whether <see cref="LayoutRule.ChannelsLast"/> speaks of the outputs too (a gradient of weights is row-major).</summary>
    public virtual bool GivesFeatureMaps => true;

    /// <summary>
    /// Whether the operation takes float16, bfloat16 or float64 as it is. Others see them as the float32 that is computed in, and what
    /// they make of it gets the type of their first float input.
    /// </summary>
    public virtual bool Computes(ElementType type) => false;

    /// <summary>
    /// Whether the shaders take values of a type; else the step runs on the host. Types that <see cref="Float32Forms.IsCarriedAsFloat32"/>
    /// lie as float32 on the device.
    /// </summary>
    public virtual bool HasShaderFor(ElementType type) => type == ElementType.Float32;

    /// <summary>Whether an input is read for its shape alone: its elements need not live that long, nor lie in any order.</summary>
    public virtual bool ReadsShapeOnly(int input) => false;

    /// <summary>Sets <c>call[i]</c> where <c>call.Wants(i)</c>: the reverse of this operation as nodes of the same graph.</summary>
    public virtual void Gradient(GradientCall call) => call.None();

    /// <summary>
    /// Writes the operation in the form of operator set 17: one node of its name without attributes, unless it says otherwise.
    /// </summary>
    /// <exception cref="LiveCamException">The operator set cannot say it.</exception>
    public virtual void ToOnnx(OnnxCall call) => call.Write(Name);

    /// <summary>Says where an output may share memory with an input.</summary>
    public virtual void Alias(AliasCall call) { }

    /// <summary>Floating point operations of one run.</summary>
    public virtual Cost Cost(InferCall call) => new(0);

    /// <summary>The window of each spatial axis through which one element of the output sees the first input; none where the operation has no window.</summary>
    public virtual IReadOnlyList<Reach> Reaches(InferCall call) => [];
}

/// <summary>Work of one step: floating point operations (a multiply-add is two).</summary>
public readonly record struct Cost(long Flop);
