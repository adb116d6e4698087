using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed unsafe class ProgramCacheTests(GlFixture fixture) : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"livecam-programs-{Guid.NewGuid():N}");

    private static ShaderSource Write(int value) => new ShaderLibrary(_ =>
        "layout(local_size_x = 1) in;\nlayout(std430, binding = 0) buffer R { int r; };\nvoid main() { r = VALUE; }", "test")
        .Assemble("write.comp", [new("VALUE", $"{value}")]);

    private static int Dispatch(GL gl, uint program)
    {
        using var buffer = new GlBuffer(gl, 256);
        buffer.BindStorage(0, 0, 4);
        gl.UseProgram(program);
        gl.DispatchCompute(1, 1, 1);
        int[] result = [0];
        buffer.Download<int>(result);
        return result[0];
    }

    /// <summary>Runs the shader of a value through a fresh cache: what it wrote, and whether the program came from disk.</summary>
    private (int Result, int Compiled, int Loaded) RunOnce(int value) => fixture.Run(gl =>
    {
        using var cache = new ProgramCache(gl, _directory);
        return (Dispatch(gl, cache.Get(Write(value))), cache.Compiled, cache.Loaded);
    });

    private string OnlyFile() => Assert.Single(Directory.GetFiles(_directory));

    private void NeedBinaries()
    {
        if (fixture.Caps.ProgramBinaryFormats == 0) throw Requirements.Missing("program binaries", "no program binary format");
    }

    [Fact]
    public void Second_request_reuses_the_program_in_memory() => fixture.Run(gl =>
    {
        using var cache = new ProgramCache(gl, null);
        Assert.False(cache.TryGet(Write(5), out _));
        uint program = cache.Get(Write(5));
        Assert.Equal(program, cache.Get(Write(5)));
        Assert.True(cache.TryGet(Write(5), out uint again));
        Assert.Equal(program, again);
        Assert.NotEqual(program, cache.Get(Write(6)));
        Assert.Equal(2, cache.Compiled);
    });

    [Fact]
    public void Program_from_disk_computes_the_same()
    {
        NeedBinaries();
        Assert.Equal((41, 1, 0), RunOnce(41));
        Assert.Equal((41, 0, 1), RunOnce(41));
        Assert.EndsWith(".bin", OnlyFile());
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("empty")]
    [InlineData("damaged")]
    [InlineData("longer")]
    [InlineData("not ours")]
    public void Unusable_file_is_ignored_and_rebuilt(string how)
    {
        NeedBinaries();
        RunOnce(42);
        string file = OnlyFile();
        byte[] good = File.ReadAllBytes(file), bad = [.. good];
        bad = how switch
        {
            "truncated" => bad[..(bad.Length / 2)],
            "empty" => [],
            "damaged" => [.. bad[..^9], (byte)(bad[^9] ^ 1), .. bad[^8..]],
            "longer" => [.. bad, 0],
            _ => "P6 640 480 255 this is a picture, not a program at all, and long enough for a header"u8.ToArray(),
        };
        File.WriteAllBytes(file, bad);
        Assert.Equal((42, 1, 0), RunOnce(42));
        Assert.Equal((42, 0, 1), RunOnce(42));
        Assert.Equal(good.Length, new FileInfo(file).Length);
    }

    [Fact]
    public void File_of_another_program_under_this_name_is_ignored()
    {
        NeedBinaries();
        RunOnce(1);
        string first = OnlyFile();
        RunOnce(2);
        string second = Directory.GetFiles(_directory).Single(f => f != first);
        File.Copy(first, second, overwrite: true);
        Assert.Equal((2, 1, 0), RunOnce(2));
    }

    [Fact]
    public void Binary_the_driver_declines_is_rebuilt() => fixture.Run(gl =>
    {
        NeedBinaries();
        // A sound file, whose content the driver never wrote: only the link status can tell.
        using (var cache = new ProgramCache(gl, _directory)) cache.Get(Write(7));
        string key = Path.GetFileNameWithoutExtension(OnlyFile());
        var store = new ProgramStore(_directory, 1 << 20);
        Assert.True(store.TryRead(key, out uint format, out byte[] binary));
        for (int i = 0; i < binary.Length; i++) binary[i] ^= 0x5A;
        store.Write(key, format, binary);
        using var again = new ProgramCache(gl, _directory);
        Assert.Equal(7, Dispatch(gl, again.Get(Write(7))));
        Assert.Equal((1, 0), (again.Compiled, again.Loaded));
    });

    [Fact]
    public void Directory_that_cannot_be_made_is_no_error() => fixture.Run(gl =>
    {
        File.WriteAllText(_directory, "a file where the directory should be");
        using var cache = new ProgramCache(gl, Path.Combine(_directory, "programs"));
        Assert.Equal(8, Dispatch(gl, cache.Get(Write(8))));
    });

    [Fact]
    public void Store_deletes_the_oldest_and_keeps_below_its_size()
    {
        var store = new ProgramStore(_directory, 10_000);
        byte[] binary = new byte[1000];
        for (int i = 0; i < 30; i++)
        {
            store.Write($"{i:D20}", 1, binary);
            File.SetLastWriteTimeUtc(Path.Combine(_directory, $"{i:D20}.bin"), new DateTime(2020, 1, 1, 0, i, 0, DateTimeKind.Utc));
            Assert.True(Directory.GetFiles(_directory).Sum(f => new FileInfo(f).Length) <= 10_000);
        }
        Assert.True(store.TryRead($"{29:D20}", out _, out _));
        Assert.False(store.TryRead($"{0:D20}", out _, out _));
    }

    [Fact]
    public void Failed_program_fails_again_with_the_same_words() => fixture.Run(gl =>
    {
        using var cache = new ProgramCache(gl, null);
        ShaderSource wrong = new ShaderLibrary(_ => "void main() { nonsense }", "test").Assemble("wrong.comp");
        string first = Assert.Throws<LiveCamException>(() => cache.Get(wrong)).Message;
        Assert.Equal(first, Assert.Throws<LiveCamException>(() => cache.Get(wrong)).Message);
        Assert.StartsWith("Shader \"wrong.comp\" line 1: ", first);
    });

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
        else File.Delete(_directory);
    }
}
