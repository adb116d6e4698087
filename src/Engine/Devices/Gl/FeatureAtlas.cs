using System.Numerics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>The values that become the darkest and the brightest gray of a tile.</summary>
public enum FeatureScale
{
    /// <summary>Two quantiles of the layer, for all tiles.</summary>
    Layer,
    /// <summary>Three deviations around each channel's mean.</summary>
    Channel,
    /// <summary>What the caller says.</summary>
    Given,
}

/// <summary>How a channel behaves in one run.</summary>
/// <param name="Low">Its least finite value.</param>
/// <param name="High">Its greatest finite value.</param>
/// <param name="Mean">Of its finite values.</param>
/// <param name="Deviation">Standard deviation of its finite values.</param>
/// <param name="AtHigh">Share of its values that equal <paramref name="High"/>.</param>
/// <param name="Finite">Share of its values that are neither infinite nor not a number.</param>
public readonly record struct FeatureState(float Low, float High, float Mean, float Deviation, float AtHigh, float Finite);

/// <summary>
/// A layer's channels as gray tiles in one R8 texture, made where the layer lies: a copy of the layer, its scale, followed slowly, each
/// channel's state and own scale, then the tiles in rows of <see cref="Columns"/> without gaps. Only scales, states and the few values
/// asked for come back, a frame or two later. All members but the constructor are for the thread that runs the plan.
/// </summary>
public sealed unsafe class FeatureAtlas : IDisposable
{
    /// <summary>How many single values can be asked for at a time.</summary>
    public const int Probes = 10;

    private const int MostSamples = 4096, Threads = 256, ChannelsPerGroup = 16, PixelsPerGroup = 8, StateChannels = 8, StateLanes = 32;
    private const int ScaleFloats = 4;                  // low, high, whether it has begun, unused
    private const int StateFloats = 8;                  // as in FeatureState, two unused
    private const string Speed = "0.1";

    private readonly GlDevice device;
    private readonly GlBuffer layer, report, tileOrder;
    private readonly ReadbackRing ring;
    private readonly float[] arrived;
    private readonly GlProgram rangeProgram, statesProgram, atlasProgram;
    private readonly uint texture;
    private readonly Groups groups, stateGroups;
    private readonly int firstState, firstProbe;
    private readonly int[] order;
    private bool disposed;

    /// <summary>The R8 texture; row 0 is the top one.</summary>
    public uint Texture => texture;
    public int TileWidth { get; }
    public int TileHeight { get; }
    public int Columns { get; }
    /// <summary>Number of tiles.</summary>
    public int Count { get; }
    public int Width => Columns * TileWidth;
    public int Height => (Count + Columns - 1) / Columns * TileHeight;

    /// <summary>The layer's scale as far as it has come back, and whether it has at all.</summary>
    public (float Low, float High, bool IsKnown) Range => RangeOf(-1);

    /// <summary>A channel's own scale.</summary>
    public (float Low, float High, bool IsKnown) RangeOf(int channel)
    {
        int at = (1 + channel) * ScaleFloats;
        return (arrived[at], arrived[at + 1], arrived[at + 2] != 0);
    }

    /// <summary>A channel's state as far as it has come back.</summary>
    public FeatureState StateOf(int channel)
    {
        ReadOnlySpan<float> state = arrived.AsSpan(firstState + channel * StateFloats, StateFloats);
        return new(state[0], state[1], state[2], state[3], state[4], state[5]);
    }

    /// <summary>The value asked for with <see cref="Probe"/> under this number, as far as it has come back; NaN before.</summary>
    public float Probed(int number) => arrived[firstProbe + number];

    /// <summary>The run whose states and values came back last, as <see cref="Take"/> was told; -1 before.</summary>
    public long ArrivedRun { get; private set; } = -1;

    /// <param name="place">A Float32 value of rank 2 and up whose axis 1 are channels, as <see cref="GlPlan.Locate"/> tells; the first image is shown.</param>
    /// <param name="bytes">Length of the block it lies in.</param>
    /// <param name="count">How many channels are shown, from the first on.</param>
    /// <param name="columns">Tiles in a row.</param>
    /// <exception cref="LiveCamException">The layer has no channels, is no Float32, or the atlas is larger than a texture may be.</exception>
    public FeatureAtlas(GlDevice device, GlOperand place, long bytes, int count, int columns)
    {
        (Shape shape, long[] strides) = (place.Format.Shape, place.Format.Strides);
        if (place.Format.Type != ElementType.Float32 || shape.Rank < 2 || shape.ElementCount == 0)
            throw new LiveCamException($"An atlas of feature maps needs a Float32 layer with channels, but this one is {place.Format.Type} {shape}: choose another layer.");
        this.device = device;
        (Count, Columns) = (Math.Clamp(count, 1, shape[1]), Math.Max(1, columns));
        TileWidth = shape.Rank > 2 ? shape[shape.Rank - 1] : 1;
        TileHeight = shape.CountOf(2, shape.Rank) / TileWidth;
        GL gl = device.Gl;
        int side = Math.Min(gl.GetInteger(GLEnum.MaxTextureSize), Groups.MostPerAxis);
        if (Width > side || Height > side)
            throw new LiveCamException($"An atlas of {Count} feature maps takes {Width}x{Height} pixels, but a texture of this device ends at {side}: show fewer channels or another layer.");

        // A prime step visits channels and pixels evenly.
        long total = (long)shape[1] * TileWidth * TileHeight;
        int step = total <= MostSamples ? 1 : NextPrime((int)(total / MostSamples) + 1);
        int samples = (int)Math.Min(MostSamples, (total + step - 1) / step);
        KeyValuePair<string, string>[] where =
        [
            GlProgram.Define("X_OFFSET", place.Offset), GlProgram.Define("CHANNEL", strides[1]), GlProgram.Define("PIXEL", strides.Length > 2 ? strides[^1] : 0),
        ];
        rangeProgram = device.Program("feature_range.comp",
        [
            .. where, GlProgram.Define("CHANNELS", shape[1]), GlProgram.Define("SAMPLES", samples), GlProgram.Define("PADDED", BitOperations.RoundUpToPowerOf2((uint)samples)),
            GlProgram.Define("STEP", step), GlProgram.Define("THREADS", Threads), new("LOW_QUANTILE", "0.01"), new("HIGH_QUANTILE", "0.99"), new("SPEED", Speed),
        ]);
        statesProgram = device.Program("feature_states.comp",
        [
            .. where, GlProgram.Define("SHOWN", Count), GlProgram.Define("PIXELS", TileWidth * TileHeight), GlProgram.Define("CHANNELS_PER_GROUP", StateChannels),
            GlProgram.Define("LANES", StateLanes), new("SPEED", Speed),
        ]);
        stateGroups = Groups.Fold((Count + StateChannels - 1) / StateChannels);
        atlasProgram = device.Program("feature_atlas.comp",
        [
            .. where, GlProgram.Define("SHOWN", Count), GlProgram.Define("WIDTH", TileWidth), GlProgram.Define("HEIGHT", TileHeight), GlProgram.Define("COLUMNS", Columns),
        ]);
        groups = new((Count + ChannelsPerGroup - 1) / ChannelsPerGroup, (TileWidth + PixelsPerGroup - 1) / PixelsPerGroup, TileHeight);

        firstState = (1 + Count) * ScaleFloats;
        firstProbe = firstState + Count * StateFloats;
        arrived = new float[firstProbe + Probes];
        arrived.AsSpan(firstProbe).Fill(float.NaN);
        order = [.. Enumerable.Range(0, Count)];
        layer = new GlBuffer(gl, bytes, "shown layer");
        report = new GlBuffer(gl, arrived.Length * sizeof(float), "feature states");
        report.Upload<float>(arrived);
        tileOrder = new GlBuffer(gl, Count * sizeof(int), "order of feature maps");
        tileOrder.Upload<int>(order);
        ring = new ReadbackRing(gl, (int)report.Bytes);
        uint name;
        gl.CreateTextures(GLEnum.Texture2D, 1, &name);
        texture = name;
        gl.TextureStorage2D(texture, 1, GLEnum.R8, (uint)Width, (uint)Height);
        gl.TextureParameter(texture, GLEnum.TextureMinFilter, (int)GLEnum.Nearest);
        gl.TextureParameter(texture, GLEnum.TextureMagFilter, (int)GLEnum.Nearest);
    }

    /// <summary>Copies the layer's present values, behind the commands issued so far, and lets scales and states follow them.</summary>
    /// <param name="memory">The buffer of the layer.</param>
    /// <param name="offset">The byte its block starts at.</param>
    public void Take(GlBuffer memory, long offset)
    {
        GL gl = device.Gl;
        gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit | MemoryBarrierMask.ShaderStorageBarrierBit);
        memory.CopyTo(layer, offset, 0, layer.Bytes);
        layer.BindStorage(0, 0, layer.Bytes);
        report.BindStorage(1, 0, report.Bytes);
        gl.UseProgram(rangeProgram.Name);
        gl.DispatchCompute(1, 1, 1);
        gl.UseProgram(statesProgram.Name);
        gl.DispatchCompute((uint)stateGroups.X, (uint)stateGroups.Y, 1);
    }

    /// <summary>Asks for single values: elements of the layer copied last, or of another buffer.</summary>
    /// <param name="number">Under which <see cref="Probed"/> gives it back: 0 to <see cref="Probes"/> - 1.</param>
    /// <param name="element">Floats from the start of the block.</param>
    public void Probe(int number, long element, GlBuffer? other = null) =>
        (other ?? layer).CopyTo(report, element * sizeof(float), (firstProbe + number) * sizeof(float), sizeof(float));

    /// <summary>Sends scales, states and values on their way back; they are there after a later <see cref="TryReceive"/>.</summary>
    public bool TrySend(long run) => ring.TryCopy(report.Name, 0, (int)report.Bytes, run);

    /// <summary>Takes in what has come back since the last call. Never waits.</summary>
    public bool TryReceive()
    {
        if (!ring.TryRead(out ReadOnlySpan<byte> data, out long run)) return false;
        MemoryMarshal.Cast<byte, float>(data).CopyTo(arrived);
        ArrivedRun = run;
        return true;
    }

    /// <summary>Draws the tiles from the values copied last.</summary>
    /// <param name="channels">The channel of each tile: <see cref="Count"/> of them.</param>
    /// <param name="scale">Whose range becomes black to white.</param>
    /// <param name="zero">The level of the value 0 for maps that show signs (128); the range then grows to be even. -1 for the range as it is.</param>
    /// <param name="given">The range for <see cref="FeatureScale.Given"/>.</param>
    public void Draw(ReadOnlySpan<int> channels, FeatureScale scale = FeatureScale.Layer, int zero = -1, (float Low, float High) given = default)
    {
        GL gl = device.Gl;
        if (!channels.SequenceEqual(order))
        {
            foreach (int channel in channels)
                if ((uint)channel >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(channels), channel, $"There are {Count} tiles.");
            channels.CopyTo(order);
            tileOrder.Upload<int>(order);
        }
        layer.BindStorage(0, 0, layer.Bytes);
        report.BindStorage(1, 0, report.Bytes);
        tileOrder.BindStorage(2, 0, tileOrder.Bytes);
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit | MemoryBarrierMask.ShaderImageAccessBarrierBit);
        gl.UseProgram(atlasProgram.Name);
        gl.Uniform1(0, (int)scale);
        gl.Uniform1(1, zero);
        gl.Uniform2(2, given.Low, given.High);
        gl.BindImageTexture(0, texture, 0, false, 0, GLEnum.WriteOnly, GLEnum.R8);
        gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        gl.MemoryBarrier(MemoryBarrierMask.TextureFetchBarrierBit);
    }

    /// <summary>Copies the texture, one byte a pixel in rows of <see cref="Width"/>, waiting for the device: for those who draw without it.</summary>
    public void Read(Span<byte> pixels)
    {
        if (pixels.Length < Width * Height) throw new ArgumentException($"{Width * Height} bytes are needed.", nameof(pixels));
        GL gl = device.Gl;
        gl.MemoryBarrier(MemoryBarrierMask.TextureUpdateBarrierBit);
        gl.PixelStore(GLEnum.PackAlignment, 1);
        fixed (byte* p = pixels) gl.GetTextureImage(texture, 0, GLEnum.Red, GLEnum.UnsignedByte, (uint)pixels.Length, p);
    }

    private static int NextPrime(int from)
    {
        for (int n = from; ; n++)
        {
            bool prime = n > 1;
            for (int d = 2; d * d <= n && prime; d++) prime = n % d != 0;
            if (prime) return n;
        }
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        uint name = texture;
        device.Gl.DeleteTextures(1, &name);
        ring.Dispose();
        tileOrder.Dispose();
        report.Dispose();
        layer.Dispose();
    }
}
