using System.Numerics;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Hosting;

/// <summary>Draws a layer's channels into the textures of <see cref="HostedMaps"/>, where the layer lies: nothing comes back to the CPU.</summary>
internal sealed unsafe class MapTextures : IDisposable
{
    private const int MostSamples = 4096, Threads = 256, ChannelsPerGroup = 16, PixelsPerGroup = 8;

    private readonly GlDevice device;
    private readonly GlBuffer layer, scale, palette;
    private readonly long offset, bytes;
    private readonly GlProgram rangeProgram, drawProgram;
    private readonly Groups groups;

    /// <param name="layer">Where a plan keeps a Float32 value whose axis 1 are channels; the first image is shown.</param>
    /// <exception cref="LiveCamException">The layer has no channels, is no Float32, or its maps are larger than a texture may be.</exception>
    public MapTextures(GlDevice device, (GlBuffer Buffer, long Offset, long Bytes, GlOperand Operand) layer)
    {
        this.device = device;
        (this.layer, offset, bytes, GlOperand place) = layer;
        (Shape shape, long[] strides) = (place.Format.Shape, place.Format.Strides);
        (int count, int width, int height) = Extents(place.Format.Type, shape);
        int columns = HostedMaps.ColumnsFor(count, width, height);
        Maps = new(0, 0, count, columns, width, height);
        Check(Maps, Math.Min(device.Gl.GetInteger(GLEnum.MaxTextureSize), Groups.MostPerAxis));

        long total = (long)count * width * height;
        // Odd, so that it meets every channel of the usual even numbers.
        int step = total <= MostSamples ? 1 : (int)(total / MostSamples) | 1;
        int samples = (int)Math.Min(MostSamples, (total + step - 1) / step);
        KeyValuePair<string, string>[] where =
        [
            GlProgram.Define("X_OFFSET", place.Offset), GlProgram.Define("CHANNEL", strides[1]), GlProgram.Define("PIXEL", strides.Length > 2 ? strides[^1] : 0),
        ];
        rangeProgram = device.Program("feature_range.comp",
        [
            .. where, GlProgram.Define("CHANNELS", count), GlProgram.Define("SAMPLES", samples), GlProgram.Define("PADDED", BitOperations.RoundUpToPowerOf2((uint)samples)),
            GlProgram.Define("STEP", step), GlProgram.Define("THREADS", Threads), new("LOW_QUANTILE", "0.01"), new("HIGH_QUANTILE", "0.99"), new("SPEED", "0.1"),
        ]);
        drawProgram = device.Program("feature_textures.comp",
            [.. where, GlProgram.Define("COUNT", count), GlProgram.Define("WIDTH", width), GlProgram.Define("HEIGHT", height), GlProgram.Define("COLUMNS", columns)]);
        groups = new((count + ChannelsPerGroup - 1) / ChannelsPerGroup, (width + PixelsPerGroup - 1) / PixelsPerGroup, height);

        scale = new GlBuffer(device.Gl, 4 * sizeof(float), "scale of feature maps");
        scale.Clear(0, scale.Bytes);
        uint[] colors = Viridis.Palette();
        palette = new GlBuffer(device.Gl, colors.Length * sizeof(uint), "colors of feature maps");
        palette.Upload<uint>(colors);
        Maps = Maps with { Raw = Texture(GLEnum.R32f), Colored = Texture(GLEnum.Rgba8) };
    }

    /// <summary>Where they are.</summary>
    public HostedMaps Maps { get; }

    /// <summary>Channels, width and height of a layer that can be shown.</summary>
    /// <exception cref="LiveCamException">It has no channels, or is no Float32.</exception>
    public static (int Count, int Width, int Height) Extents(ElementType type, Shape shape)
    {
        if (type != ElementType.Float32 || shape.Rank < 2 || shape.ElementCount == 0)
            throw new LiveCamException($"Showing a layer as maps needs Float32 channels, but this one is {type} {shape}: choose another layer.");
        int width = shape.Rank > 2 ? shape[shape.Rank - 1] : 1;
        return (shape[1], width, shape.CountOf(2, shape.Rank) / width);
    }

    /// <exception cref="LiveCamException">The maps are larger than a texture may be.</exception>
    public static void Check(HostedMaps maps, int side)
    {
        if (maps.Width > side || maps.Height > side)
            throw new LiveCamException($"{maps.Count} feature maps take {maps.Width}x{maps.Height} pixels, but a texture of this device ends at {side}: choose another layer.");
    }

    /// <summary>Draws the layer's present values, behind the commands issued so far.</summary>
    public void Draw()
    {
        GL gl = device.Gl;
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        layer.BindStorage(0, offset, bytes);
        scale.BindStorage(1, 0, scale.Bytes);
        palette.BindStorage(2, 0, palette.Bytes);
        gl.UseProgram(rangeProgram.Name);
        gl.DispatchCompute(1, 1, 1);
        gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        gl.UseProgram(drawProgram.Name);
        gl.BindImageTexture(0, Maps.Raw, 0, false, 0, GLEnum.WriteOnly, GLEnum.R32f);
        gl.BindImageTexture(1, Maps.Colored, 0, false, 0, GLEnum.WriteOnly, GLEnum.Rgba8);
        gl.DispatchCompute((uint)groups.X, (uint)groups.Y, (uint)groups.Z);
        // The host samples them, or copies them.
        gl.MemoryBarrier(MemoryBarrierMask.TextureFetchBarrierBit | MemoryBarrierMask.TextureUpdateBarrierBit | MemoryBarrierMask.FramebufferBarrierBit);
    }

    public void Dispose()
    {
        uint* names = stackalloc uint[] { Maps.Raw, Maps.Colored };
        device.Gl.DeleteTextures(2, names);
        palette.Dispose();
        scale.Dispose();
    }

    private uint Texture(GLEnum format)
    {
        uint name;
        device.Gl.CreateTextures(GLEnum.Texture2D, 1, &name);
        device.Gl.TextureStorage2D(name, 1, format, (uint)Maps.Width, (uint)Maps.Height);
        device.Gl.TextureParameter(name, GLEnum.TextureMinFilter, (int)GLEnum.Nearest);
        device.Gl.TextureParameter(name, GLEnum.TextureMagFilter, (int)GLEnum.Nearest);
        device.Gl.Check($"making textures of {Maps.Width}x{Maps.Height} pixels for feature maps");
        return name;
    }
}
