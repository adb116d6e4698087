using System.Runtime.CompilerServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>A parameter in one form at one version. Plans count themselves in, so that memory nobody reads any more is packed into again.</summary>
internal sealed class PackedParameter(NativeMemoryBlock memory)
{
    public NativeMemoryBlock Memory => memory;
    public long Version { get; set; }
    public int Users { get; set; }
}

/// <summary>
/// Parameters in the forms kernels read, computed once per (parameter, form, version) and shared by all plans of a device.
/// An entry lives as long as its parameter or a plan that uses it.
/// </summary>
internal sealed unsafe class ParameterCache
{
    private readonly ConditionalWeakTable<Parameter, Dictionary<string, Form>> entries = [];
    private readonly Lock gate = new();

    /// <summary>The newest packed form, and one before it that may be free by now.</summary>
    private sealed class Form
    {
        public PackedParameter? Newest { get; set; }
        public PackedParameter? Before { get; set; }
    }

    /// <summary>The packed form at the parameter's present version, in place of the one the caller has used until now.</summary>
    public PackedParameter Get(Parameter parameter, string key, long bytes, Pack pack, PackedParameter? until)
    {
        lock (gate)
        {
            if (until is not null)
                until.Users--;
            Dictionary<string, Form> forms = entries.GetOrCreateValue(parameter);
            if (!forms.TryGetValue(key, out Form? form))
                forms[key] = form = new();
            // Read before the value: a change that comes between is found by its later version.
            long version = parameter.Version;
            if (form.Newest is null || form.Newest.Version != version)
            {
                if (form.Newest is not { Users: 0 })
                    (form.Newest, form.Before) = (form.Before is { Users: 0 } free ? free : new(new(bytes)), form.Newest);
                pack(parameter.Present, (float*)form.Newest!.Memory.Pointer);
                form.Newest.Version = version;
            }
            form.Newest.Users++;
            return form.Newest;
        }
    }

    /// <summary>The plain row-major elements.</summary>
    public PackedParameter Raw(Parameter parameter, PackedParameter? until) =>
        Get(parameter, "raw", (long)parameter.Shape.ElementCount * parameter.Type.Size(), CopyBytes, until);

    /// <summary>A plan is done with a form.</summary>
    public void Release(PackedParameter packed)
    {
        lock (gate)
            packed.Users--;
    }

    private static void CopyBytes(Tensor source, float* destination) =>
        source.Bytes.Span.CopyTo(new Span<byte>(destination, source.Bytes.Length));
}
