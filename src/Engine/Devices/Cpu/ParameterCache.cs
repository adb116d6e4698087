using System.Runtime.CompilerServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>A parameter in one form at one version. Plans count themselves in, so that memory nobody reads any more is packed into again.</summary>
internal sealed class PackedParameter(NativeMemoryBlock memory)
{
    private int users;

    public NativeMemoryBlock Memory => memory;
    public long Version { get; set; }
    public bool IsFree => Volatile.Read(ref users) == 0;

    public void Take() => Interlocked.Increment(ref users);

    /// <summary>A plan is done with it.</summary>
    public void Release() => Interlocked.Decrement(ref users);
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

    /// <summary>The packed form at the parameter's present version, in place of the one the caller has used until now. Several threads may ask at a
    /// time: different forms are packed side by side.</summary>
    public PackedParameter Get(Parameter parameter, string key, long bytes, Pack pack, PackedParameter? until)
    {
        until?.Release();
        Form? form;
        lock (gate)
        {
            Dictionary<string, Form> forms = entries.GetOrCreateValue(parameter);
            if (!forms.TryGetValue(key, out form))
                forms[key] = form = new();
        }
        lock (form)
        {
            // Read before the value: a change that comes between is found by its later version.
            long version = parameter.Version;
            if (form.Newest is null || form.Newest.Version != version)
            {
                if (form.Newest is not { IsFree: true })
                    (form.Newest, form.Before) = (form.Before is { IsFree: true } free ? free : new(new(bytes)), form.Newest);
                pack(parameter.Present, (float*)form.Newest!.Memory.Pointer);
                form.Newest.Version = version;
            }
            form.Newest.Take();
            return form.Newest;
        }
    }

    /// <summary>The plain row-major elements.</summary>
    public PackedParameter Raw(Parameter parameter, PackedParameter? until) =>
        Get(parameter, "raw", (long)parameter.Shape.ElementCount * parameter.Type.Size(), CopyBytes, until);

    private static void CopyBytes(Tensor source, float* destination) =>
        source.Bytes.Span.CopyTo(new Span<byte>(destination, source.Bytes.Length));
}
