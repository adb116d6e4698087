using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Cpu;

/// <summary>Copies between dense host tensors and values in their device form.</summary>
internal static unsafe class Strided
{
    public static void Scatter(Tensor tensor, Operand target)
    {
        fixed (byte* host = tensor.Bytes.Span)
            Copy(host, target, toHost: false);
    }

    public static Tensor Gather(Operand source)
    {
        var tensor = new Tensor(source.Format.Type, source.Format.Shape);
        Gather(source, tensor);
        return tensor;
    }

    public static void Gather(Operand source, Tensor into)
    {
        fixed (byte* host = into.Bytes.Span)
            Copy(host, source, toHost: true);
    }

    private static void Copy(byte* host, Operand device, bool toHost)
    {
        MemoryFormat form = device.Format;
        int size = form.Type.Size();
        if (form.IsDense)
        {
            long bytes = (long)form.Shape.ElementCount * size;
            Buffer.MemoryCopy(toHost ? device.Pointer : host, toHost ? host : device.Pointer, bytes, bytes);
            return;
        }
        // Channels-last: one plane (n, c) at a time, pixel after pixel.
        (int channels, int pixels) = (form.Shape[1], form.Shape.CountOf(2, form.Shape.Rank));
        for (int n = 0; n < form.Shape[0]; n++)
            for (int c = 0; c < channels; c++)
            {
                byte* plane = host + ((long)n * channels + c) * pixels * size;
                byte* first = (byte*)device.Pointer + ((long)n * pixels * form.Pitch + c) * size;
                for (int p = 0; p < pixels; p++)
                {
                    byte* at = first + (long)p * form.Pitch * size;
                    byte* element = plane + (long)p * size;
                    byte* from = toHost ? at : element, to = toHost ? element : at;
                    switch (size)
                    {
                        case 4: *(uint*)to = *(uint*)from; break;
                        case 8: *(ulong*)to = *(ulong*)from; break;
                        case 2: *(ushort*)to = *(ushort*)from; break;
                        default: *to = *from; break;
                    }
                }
            }
    }
}
