using LiveCam.Engine.Graphs;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>Where a layer's channels and the places they are averaged over lie: floats from one to the next along each axis.</summary>
/// <param name="Count">Channels.</param>
/// <param name="Rows">Of places; 1 where a channel is a single number.</param>
public readonly record struct ChannelPlaces(int Count, long Channel, int Rows, long Row, int Columns, long Column);

/// <summary>A layer's channels as one number each, the mean over its places, computed where the layer lies.</summary>
/// <remarks>Made and disposed of where there is a context; <see cref="Take"/> is for the thread that runs the plan.</remarks>
public sealed unsafe class ChannelMeans : IDisposable
{
    private const int ChannelsPerGroup = 8, Lanes = 32;

    private readonly GlDevice device;
    private readonly GlProgram program;
    private readonly Groups groups;

    /// <param name="offset">Element of the layer's block where its first value lies.</param>
    public ChannelMeans(GlDevice device, ChannelPlaces places, int offset)
    {
        this.device = device;
        program = device.Program("channel_means.comp",
        [
            GlProgram.Define("X_OFFSET", offset), GlProgram.Define("CHANNELS", places.Count), GlProgram.Define("CHANNEL", places.Channel), GlProgram.Define("ROWS", places.Rows), GlProgram.Define("ROW", places.Row),
            GlProgram.Define("COLUMNS", places.Columns), GlProgram.Define("COLUMN", places.Column), GlProgram.Define("CHANNELS_PER_GROUP", ChannelsPerGroup), GlProgram.Define("LANES", Lanes),
        ]);
        groups = Groups.Fold((places.Count + ChannelsPerGroup - 1) / ChannelsPerGroup);
        Values = new GlBuffer(device.Gl, places.Count * sizeof(float), "channel means");
    }

    /// <summary>The means of the layer taken last: a float for each channel.</summary>
    public GlBuffer Values { get; }

    /// <summary>Computes the means of the layer's present values, behind the commands issued so far.</summary>
    /// <param name="memory">The buffer of the layer.</param>
    /// <param name="offset">The byte its block starts at.</param>
    /// <param name="bytes">The block's length.</param>
    public void Take(GlBuffer memory, long offset, long bytes)
    {
        GL gl = device.Gl;
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        memory.BindStorage(0, offset, bytes);
        Values.BindStorage(1, 0, Values.Bytes);
        gl.UseProgram(program.Name);
        gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
    }

    public void Dispose() => Values.Dispose();
}
