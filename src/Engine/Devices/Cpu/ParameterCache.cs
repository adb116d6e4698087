using System.Runtime.CompilerServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>
/// Parameters in the forms kernels read, computed once per (parameter, form, version) and shared by all plans of a device.
/// An entry lives as long as its parameter or a plan that uses it.
/// </summary>
internal sealed unsafe class ParameterCache
{
    private readonly ConditionalWeakTable<Parameter, Dictionary<string, Entry>> entries = [];
    private readonly Lock gate = new();

    private sealed record Entry(long Version, NativeMemoryBlock Memory);

    /// <summary>The packed form at the parameter's present version.</summary>
    public (NativeMemoryBlock Memory, long Version) Get(Parameter parameter, string key, long bytes, Pack pack)
    {
        lock (gate)
        {
            Dictionary<string, Entry> forms = entries.GetOrCreateValue(parameter);
            long version = parameter.Version;
            if (!forms.TryGetValue(key, out Entry? entry) || entry.Version != version)
            {
                var memory = new NativeMemoryBlock(bytes);
                pack(parameter.Value, (float*)memory.Pointer);
                forms[key] = entry = new(version, memory);
            }
            return (entry.Memory, entry.Version);
        }
    }

    /// <summary>The plain row-major elements.</summary>
    public (NativeMemoryBlock Memory, long Version) Raw(Parameter parameter) =>
        Get(parameter, "raw", (long)parameter.Shape.ElementCount * parameter.Type.Size(), CopyBytes);

    private static void CopyBytes(Tensor source, float* destination) =>
        source.Bytes.Span.CopyTo(new Span<byte>(destination, source.Bytes.Length));
}
