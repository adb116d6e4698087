using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// The memory around a value's elements: lanes of a pixel beyond the channels, and the spare elements after the last one.
/// Filled with the bytes 0xFF (NaN as a float), nobody may read it into a result, and nobody may write it.
/// </summary>
internal static unsafe class Memory
{
    /// <summary>Elements every block has after its value (see ArenaLayout).</summary>
    private const int Spare = 16;

    public static void Poison(Plan plan, GlDevice? gl, Value value)
    {
        (byte[] bytes, _) = Load(plan, gl, value);
        Array.Fill(bytes, (byte)0xFF);
        Store(plan, gl, value, bytes);
    }

    /// <returns>Null where everything around the elements is as <see cref="Poison"/> left it.</returns>
    public static string? Damage(Plan plan, GlDevice? gl, Value value)
    {
        (byte[] bytes, Form form) = Load(plan, gl, value);
        int size = form.Type.Size();
        long channels = form.Layout == Layout.ChannelsLast ? form.Shape[1] : form.Span, pitch = form.Layout == Layout.ChannelsLast ? form.Pitch : form.Span;
        for (long i = 0; i < bytes.Length / size; i++)
        {
            if (i < form.Span && i % pitch < channels || bytes.AsSpan((int)i * size, size).IndexOfAnyExcept((byte)0xFF) < 0)
                continue;
            return i < form.Span ? $"lane {i % pitch} of pixel {i / pitch} was written, but there are {channels} channels"
                : $"element {i - form.Span} after the last of {form.Span} was written";
        }
        return null;
    }

    private static (byte[], Form) Load(Plan plan, GlDevice? gl, Value value)
    {
        if (plan is GlPlan onGl)
            return gl!.Invoke(() =>
            {
                var (buffer, offset, _, operand) = onGl.Locate(value);
                var bytes = new byte[(operand.Form.Span + Spare) * operand.Form.Type.Size()];
                gl.Gl.MemoryBarrier(GlEnum.BufferUpdateBarrierBit);
                buffer.Download(bytes.AsSpan(), offset);
                return (bytes, operand.Form);
            });
        Operand at = ((CpuPlan)plan)[value];
        return (new Span<byte>(at.Pointer, (int)(at.Form.Span + Spare) * at.Form.Type.Size()).ToArray(), at.Form);
    }

    private static void Store(Plan plan, GlDevice? gl, Value value, byte[] bytes)
    {
        if (plan is GlPlan onGl)
            gl!.Invoke(() =>
            {
                var (buffer, offset, _, _) = onGl.Locate(value);
                buffer.Upload<byte>(bytes, offset);
            });
        else
            bytes.CopyTo(new Span<byte>(((CpuPlan)plan)[value].Pointer, bytes.Length));
    }
}
