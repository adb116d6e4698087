using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// The memory around a value's elements: lanes of a pixel beyond the channels, and the spare elements after the last one.
/// Filled with the bytes 0xFF (NaN as a float), nobody may read it into a result, and nobody may write it.
/// </summary>
internal static unsafe class Memory
{
    /// <summary>Elements every block has after its value (see ArenaLayout).</summary>
    private const int Spare = 16;

    /// <summary>Poisons a value with what is around it.</summary>
    public static void Poison(Plan plan, GlDevice? gl, Value value)
    {
        (byte[] bytes, _) = Load(plan, gl, value);
        Array.Fill(bytes, (byte)0xFF);
        Store(plan, gl, value, bytes);
    }

    /// <summary>Writes an input, and poisons what is around it (uploads fill it with zeros).</summary>
    public static void Write(Plan plan, GlDevice? gl, string input, Tensor tensor)
    {
        plan.Write(input, tensor);
        Value value = plan.Lowered.Find(input);
        (byte[] bytes, MemoryFormat form) = Load(plan, gl, value);
        for (int i = 0; i < bytes.Length; i++)
            if (IsAround(form, i / form.Type.Size()))
                bytes[i] = 0xFF;
        Store(plan, gl, value, bytes);
    }

    /// <returns>Null where everything around the elements is as <see cref="Poison"/> left it.</returns>
    public static string? Damage(Plan plan, GlDevice? gl, Value value)
    {
        (byte[] bytes, MemoryFormat form) = Load(plan, gl, value);
        int size = form.Type.Size();
        for (int i = 0; i < bytes.Length / size; i++)
            if (IsAround(form, i) && bytes.AsSpan(i * size, size).IndexOfAnyExcept((byte)0xFF) >= 0)
                return i < form.Span ? $"lane {i % form.Pitch} of pixel {i / form.Pitch} was written, but there are {form.Shape[1]} channels"
                    : $"element {i - form.Span} after the last of {form.Span} was written";
        return null;
    }

    private static bool IsAround(MemoryFormat form, long element) =>
        element >= form.Span || form.Layout == Layout.ChannelsLast && element % form.Pitch >= form.Shape[1];

    private static (byte[], MemoryFormat) Load(Plan plan, GlDevice? gl, Value value)
    {
        if (plan is GlPlan onGl)
            return gl!.Invoke(() =>
            {
                var (buffer, offset, _, operand) = onGl.Locate(value);
                var bytes = new byte[(operand.Format.Span + Spare) * operand.Format.Type.Size()];
                gl.Gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
                buffer.Download(bytes.AsSpan(), offset);
                return (bytes, operand.Format);
            });
        Operand at = ((CpuPlan)plan)[value];
        return (new Span<byte>(at.Pointer, (int)(at.Format.Span + Spare) * at.Format.Type.Size()).ToArray(), at.Format);
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
