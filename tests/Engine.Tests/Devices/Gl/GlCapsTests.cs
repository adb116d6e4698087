using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed class GlCapsTests(GlFixture fixture)
{
    [Fact]
    public void Limits_are_at_least_what_OpenGL_4_5_promises()
    {
        GlCaps caps = fixture.Caps;
        Assert.True(caps.MaxStorageRange >= 1 << 27, $"{caps.MaxStorageRange}");
        Assert.InRange(caps.StorageAlignment, 1, 256);
        Assert.True(caps.StorageBindings >= 8, $"{caps.StorageBindings}");
        Assert.True(caps.SharedMemory >= 32 << 10, $"{caps.SharedMemory}");
        Assert.True(caps.MaxInvocations >= 1024, $"{caps.MaxInvocations}");
        Assert.True(caps.MaxGroups is { X: >= 65535, Y: >= 65535, Z: >= 65535 }, $"{caps.MaxGroups}");
        Assert.True(caps.MaxGroupSize is { X: >= 1024, Y: >= 1024, Z: >= 64 }, $"{caps.MaxGroupSize}");
        Assert.Contains("GL_ARB_compute_shader", caps.Extensions);
        Assert.True(caps.Cores > 0);
    }

    [Fact]
    public void Mesas_software_rasterizer_is_called_software()
    {
        GlCaps caps = fixture.Caps;
        Assert.Equal(caps.Renderer.StartsWith("llvmpipe", StringComparison.Ordinal) || caps.Renderer.StartsWith("softpipe", StringComparison.Ordinal), caps.IsSoftware);
        Assert.Contains(caps.Lines(), line => line.StartsWith("renderer: " + caps.Renderer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("llvmpipe (LLVM 15.0.6, 256 bits)", true)]
    [InlineData("Google SwiftShader", true)]
    [InlineData("Software Rasterizer", true)]
    [InlineData("GDI Generic", true)]
    [InlineData("NVIDIA H200/PCIe/SSE2", false)]
    [InlineData("AMD Radeon RX 6800 (radeonsi, navi21, LLVM 15.0.6)", false)]
    public void Software_renderers_are_known_by_name(string renderer, bool software) =>
        Assert.Equal(software, GlCaps.IsSoftwareName(renderer));

    [Theory]
    [InlineData("4.5 (Core Profile) Mesa 22.3.6", 45)]
    [InlineData("4.6.0 NVIDIA 550.54.15", 46)]
    [InlineData("OpenGL ES 3.2 Mesa 22.3.6", 0)]
    [InlineData("", 0)]
    public void Version_text_is_understood(string text, int version) => Assert.Equal(version, GlVersion.Parse(text));

    [Fact]
    public void Range_larger_than_the_driver_allows_is_refused_with_both_sizes()
    {
        GlCaps caps = fixture.Caps;
        long tooLarge = caps.MaxStorageRange + 4;
        var error = Assert.Throws<LiveCamException>(() => caps.CheckStorageRange("fc6 weights", 0, tooLarge, tooLarge));
        Assert.Contains("fc6 weights", error.Message);
        Assert.Contains($"{tooLarge} bytes", error.Message);
        Assert.Contains($"at most {caps.MaxStorageRange} bytes", error.Message);
        caps.CheckStorageRange("fc6 weights", 0, caps.MaxStorageRange, caps.MaxStorageRange);
    }

    [Fact]
    public void Refused_range_never_reaches_the_driver() => fixture.Run(gl =>
    {
        long bytes = GlCaps.Of(gl).MaxStorageRange + 256;
        if (bytes > 1L << 30) throw Requirements.Missing("small storage ranges", $"ranges of {bytes} bytes, too large to allocate in a test");
        using var buffer = new GlBuffer(gl, bytes, "large arena");
        Assert.Contains("large arena", Assert.Throws<LiveCamException>(() => buffer.BindStorage(0, 0, bytes)).Message);
        gl.Check("binding");                                   // the driver was not asked
        buffer.BindStorage(0, 256, GlCaps.Of(gl).MaxStorageRange);   // the arena may be larger than a range
        gl.Check("binding");
    });

    [Fact]
    public void Misaligned_and_outlying_ranges_are_refused()
    {
        GlCaps caps = fixture.Caps;
        if (caps.StorageAlignment > 1)
            Assert.Contains("not a multiple", Assert.Throws<LiveCamException>(() => caps.CheckStorageRange("x", caps.StorageAlignment / 2, 4, 4096)).Message);
        Assert.Contains("lie outside", Assert.Throws<LiveCamException>(() => caps.CheckStorageRange("x", 256, 4096, 4096)).Message);
        Assert.Contains("lie outside", Assert.Throws<LiveCamException>(() => caps.CheckStorageRange("x", -256, 16, 4096)).Message);
        Assert.Contains("lie outside", Assert.Throws<LiveCamException>(() => caps.CheckStorageRange("x", 0, 0, 4096)).Message);
    }
}
