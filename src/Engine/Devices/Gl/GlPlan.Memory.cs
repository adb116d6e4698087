using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

// Between the host's memory and the device's: parameters in the forms shaders read, values in and out.
public sealed unsafe partial class GlPlan
{
    /// <summary>The one place of a parameter that this plan changes; other plans pack it anew when its version has risen.</summary>
    private GlBuffer Live(Parameter parameter) => Packed(parameter, Dense(parameter, GlDevice.LiveKey));

    /// <summary>A parameter as the model has it, filled up so that its last four numbers can be read as one.</summary>
    private static ParameterForm Dense(Parameter parameter, string key) => new(key, Math.Max(4, ((long)parameter.Shape.ElementCount * Lies(parameter.Type).Size() + 15) / 16 * 4), CopyBytes,
        parameter.Type == ElementType.Float32 && key != GlDevice.LiveKey ? [PackCopy.Dense(parameter.Shape.ElementCount)] : []);

    private Tensor DownloadLive(GlBuffer live, Parameter parameter)
    {
        device.AwaitAssigned();
        var tensor = new Tensor(Lies(parameter.Type), parameter.Shape);
        live.Download(tensor.Bytes.Span);
        return AsModelHas(tensor, parameter.Type);
    }

    private GlBuffer Packed(Parameter parameter, ParameterForm form)
    {
        // Another plan may be in the middle of a pass with the version before: what this one changes it packs for itself.
        if (assigned.Contains(parameter) && form.Key != GlDevice.LiveKey)
            form = form with { Key = $"own {form.Key}" };
        foreach (var entry in derived)
            if (entry.Parameter == parameter && entry.Format.Key == form.Key)
                return entry.Buffer;
        Take(form.Floats * 4, $"the weights \"{parameter.Name}\"");
        (GlBuffer buffer, long version) = device.Acquire(parameter, form);
        derived.Add((parameter, form, buffer, version));
        return buffer;
    }

    /// <summary>Counts memory before it is taken.</summary>
    private void Take(long bytes, string what)
    {
        if ((memoryLeft -= bytes) < 0)
            throw new LiveCamException($"Running this network needs {bytes >> 20} MB for {what}, more than its memory limit leaves.");
    }

    /// <summary>The type that elements have in the device's memory.</summary>
    private static ElementType Lies(ElementType type) => type.IsCarriedAsFloat32() ? ElementType.Float32 : type;

    private static Tensor AsItLies(Tensor tensor) => tensor.Type.IsCarriedAsFloat32() ? tensor.ToFloat32() : tensor;
    private static Tensor AsModelHas(Tensor tensor, ElementType type) => type.IsCarriedAsFloat32() ? tensor.FromFloat32(type) : tensor;

    private void Upload(Value value, Tensor given)
    {
        Tensor tensor = AsItLies(given);
        (GlBuffer buffer, long offset, _, GlOperand at) = At(value);
        int size = at.Format.Type.Size();
        if (at.Format.IsDense)
            buffer.Upload<byte>(tensor.Bytes.Span, offset + (long)at.Offset * size);
        else if (size >= 4)
            Spread(value).Run(tensor);
        else
        {
            // Lanes between the pixels belong to others: what is there is written back.
            long span = SpanOf(at.Format);
            using var memory = new NativeMemoryBlock(at.Format.Span * size);
            var bytes = new Span<byte>(memory.Pointer, checked((int)(span * size)));
            buffer.Download(bytes, offset + (long)at.Offset * size);
            Strided.Scatter(tensor, new Operand(at.Format) { Pointer = memory.Pointer });
            buffer.Upload<byte>(bytes, offset + (long)at.Offset * size);
        }
    }

    private SpreadPixels Spread(Value value)
    {
        if (spreads.TryGetValue(value, out SpreadPixels? spread))
            return spread;
        (_, long offset, long bytes, GlOperand at) = At(value);
        return spreads[value] = new SpreadPixels(device, arena, offset, bytes, at);
    }

    /// <summary>Elements from the first to the last: a slice ends before its last pixel's pitch does.</summary>
    private static long SpanOf(MemoryFormat form) => form.Layout == Layout.ChannelsLast && form.Shape.ElementCount > 0
        ? (long)(form.Pixels - 1) * form.Pitch + form.Shape[1] : form.Span;

    private Tensor Download(Value value)
    {
        (GlBuffer buffer, long offset, _, GlOperand at) = At(value);
        int size = at.Format.Type.Size();
        long span = SpanOf(at.Format);
        using var memory = new NativeMemoryBlock(at.Format.Span * size);
        device.Gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
        buffer.Download(new Span<byte>(memory.Pointer, checked((int)(span * size))), offset + (long)at.Offset * size);
        return AsModelHas(Strided.Gather(new Operand(at.Format) { Pointer = memory.Pointer }), Lowered[value].Type);
    }

    private static void CopyBytes(Tensor source, float* destination) =>
        AsItLies(source).Bytes.Span.CopyTo(new Span<byte>(destination, source.Shape.ElementCount * Lies(source.Type).Size()));
}
