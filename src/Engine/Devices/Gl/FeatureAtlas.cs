using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>The values that become the darkest and the brightest gray of a tile.</summary>
public enum FeatureScale
{
    /// <summary>Two quantiles of the layer, for all tiles.</summary>
    Layer,
    /// <summary>Each channel's least and greatest value.</summary>
    Channel,
    /// <summary>What the caller says.</summary>
    Given,
}

/// <summary>
/// A layer's channels as gray tiles in one R8 texture, made where the layer lies: its scale, followed slowly, and each channel's own where
/// asked for, then the tiles in rows of <see cref="Columns"/> without gaps. Only the scales come back, a frame or two later.
/// All members are for the thread of the device's context.
/// </summary>
public sealed unsafe class FeatureAtlas : IDisposable
{
    private const int MostSamples = 4096, Threads = 256, ChannelsPerGroup = 16, PixelsPerGroup = 8, RangeChannels = 8, RangeLanes = 32;
    private const int ScaleFloats = 4;                  // low, high, whether it has begun, unused
    private const string Speed = "0.1";

    private readonly GlDevice device;
    private readonly GlBuffer scales;
    private readonly ReadbackRing ring;
    private readonly float[] ranges;
    private readonly GlProgram rangeProgram, channelsProgram, atlasProgram;
    private readonly uint texture;
    private readonly Groups groups, channelGroups;
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

    /// <summary>A channel's own scale, which moves while <see cref="FeatureScale.Channel"/> is drawn.</summary>
    public (float Low, float High, bool IsKnown) RangeOf(int channel)
    {
        int at = (1 + channel) * ScaleFloats;
        return (ranges[at], ranges[at + 1], ranges[at + 2] != 0);
    }

    /// <param name="layer">A Float32 value of rank 2 and up whose axis 1 are channels, as <see cref="GlPlan.Locate"/> tells; the first image is shown.</param>
    /// <param name="count">How many channels are shown, from the first on.</param>
    /// <param name="columns">Tiles in a row.</param>
    /// <exception cref="LiveCamException">The layer has no channels, is no Float32, or the atlas is larger than a texture may be.</exception>
    public FeatureAtlas(GlDevice device, GlOperand layer, int count, int columns)
    {
        (Shape shape, long[] strides) = (layer.Form.Shape, layer.Form.Strides);
        if (layer.Form.Type != ElementType.Float32 || shape.Rank < 2 || shape.ElementCount == 0)
            throw new LiveCamException($"An atlas of feature maps needs a Float32 layer with channels, but this one is {layer.Form.Type} {shape}: choose another layer.");
        this.device = device;
        (Count, Columns) = (Math.Clamp(count, 1, shape[1]), Math.Max(1, columns));
        TileWidth = shape.Rank > 2 ? shape[shape.Rank - 1] : 1;
        TileHeight = shape.CountOf(2, shape.Rank) / TileWidth;
        Gl gl = device.Gl;
        int side = Math.Min(gl.Integer(GlEnum.MaxTextureSize), Groups.MostPerAxis);
        if (Width > side || Height > side)
            throw new LiveCamException($"An atlas of {Count} feature maps takes {Width}x{Height} pixels, but a texture of this device ends at {side}: show fewer channels or another layer.");

        // A prime step visits channels and pixels evenly.
        long total = (long)shape[1] * TileWidth * TileHeight;
        int step = total <= MostSamples ? 1 : NextPrime((int)(total / MostSamples) + 1);
        int samples = (int)Math.Min(MostSamples, (total + step - 1) / step);
        KeyValuePair<string, string>[] place =
        [
            Define("X_OFFSET", layer.Offset), Define("CHANNEL", strides[1]), Define("PIXEL", strides.Length > 2 ? strides[^1] : 0),
        ];
        rangeProgram = device.Program("feature_range.comp",
        [
            .. place, Define("CHANNELS", shape[1]), Define("SAMPLES", samples), Define("PADDED", BitOperations.RoundUpToPowerOf2((uint)samples)),
            Define("STEP", step), Define("THREADS", Threads), new("LOW_QUANTILE", "0.01"), new("HIGH_QUANTILE", "0.99"), new("SPEED", Speed),
        ]);
        channelsProgram = device.Program("feature_range_channels.comp",
        [
            .. place, Define("SHOWN", Count), Define("PIXELS", TileWidth * TileHeight), Define("CHANNELS_PER_GROUP", RangeChannels),
            Define("LANES", RangeLanes), new("SPEED", Speed),
        ]);
        channelGroups = Groups.Fold((Count + RangeChannels - 1) / RangeChannels);
        atlasProgram = device.Program("feature_atlas.comp",
        [
            .. place, Define("SHOWN", Count), Define("WIDTH", TileWidth), Define("HEIGHT", TileHeight), Define("COLUMNS", Columns),
        ]);
        groups = new((Count + ChannelsPerGroup - 1) / ChannelsPerGroup, (TileWidth + PixelsPerGroup - 1) / PixelsPerGroup, TileHeight);
        ranges = new float[(1 + Count) * ScaleFloats];
        scales = new GlBuffer(gl, ranges.Length * sizeof(float), "feature scales");
        scales.Clear(0, scales.Bytes);
        ring = new ReadbackRing(gl, (int)scales.Bytes);
        uint name;
        gl.CreateTextures(GlEnum.Texture2D, 1, &name);
        texture = name;
        gl.TextureStorage2D(texture, 1, GlEnum.R8, Width, Height);
        gl.TextureParameteri(texture, GlEnum.TextureMinFilter, (int)GlEnum.Nearest);
        gl.TextureParameteri(texture, GlEnum.TextureMagFilter, (int)GlEnum.Nearest);
    }

    /// <summary>Draws the tiles from the layer's present values, behind the commands issued so far.</summary>
    /// <param name="memory">The buffer of the layer.</param>
    /// <param name="offset">The byte its block starts at.</param>
    /// <param name="bytes">The block's length.</param>
    /// <param name="scale">Whose range becomes black to white.</param>
    /// <param name="zero">The level of the value 0 for maps that show signs (128); the range then grows to be even. -1 for the range as it is.</param>
    /// <param name="given">The range for <see cref="FeatureScale.Given"/>.</param>
    public void Update(GlBuffer memory, long offset, long bytes, FeatureScale scale = FeatureScale.Layer, int zero = -1, (float Low, float High) given = default)
    {
        Gl gl = device.Gl;
        if (ring.TryRead(out ReadOnlySpan<byte> data, out _)) MemoryMarshal.Cast<byte, float>(data).CopyTo(ranges);
        memory.BindStorage(0, offset, bytes);
        scales.BindStorage(1, 0, scales.Bytes);
        gl.MemoryBarrier(GlEnum.ShaderStorageBarrierBit | GlEnum.ShaderImageAccessBarrierBit);
        gl.UseProgram(rangeProgram.Name);
        gl.DispatchCompute(1, 1, 1);
        if (scale == FeatureScale.Channel)
        {
            gl.UseProgram(channelsProgram.Name);
            gl.DispatchCompute((uint)channelGroups.X, (uint)channelGroups.Y, 1);
        }
        gl.MemoryBarrier(GlEnum.ShaderStorageBarrierBit);
        gl.UseProgram(atlasProgram.Name);
        gl.Uniform1i(0, (int)scale);
        gl.Uniform1i(1, zero);
        gl.Uniform2f(2, given.Low, given.High);
        gl.BindImageTexture(0, texture, 0, 0, 0, GlEnum.WriteOnly, GlEnum.R8);
        gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        gl.MemoryBarrier(GlEnum.TextureFetchBarrierBit);
        ring.TryCopy(scales.Name, 0, (int)scales.Bytes, 0);
    }

    /// <summary>Copies the texture, one byte a pixel in rows of <see cref="Width"/>, waiting for the device: for those who draw without it.</summary>
    public void Read(Span<byte> pixels)
    {
        if (pixels.Length < Width * Height) throw new ArgumentException($"{Width * Height} bytes are needed.", nameof(pixels));
        Gl gl = device.Gl;
        gl.MemoryBarrier(GlEnum.TextureUpdateBarrierBit);
        gl.PixelStorei(GlEnum.PackAlignment, 1);
        fixed (byte* p = pixels) gl.GetTextureImage(texture, 0, GlEnum.Red, GlEnum.UnsignedByte, pixels.Length, p);
    }

    private static KeyValuePair<string, string> Define(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

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
        scales.Dispose();
    }
}
