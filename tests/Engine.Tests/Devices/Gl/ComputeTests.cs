using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed unsafe class ComputeTests(GlFixture fixture)
{
    private const string AddShader = """
        layout(local_size_x = 64) in;
        layout(std430, binding = 0) restrict readonly buffer A { float a[]; };
        layout(std430, binding = 1) restrict readonly buffer B { float b[]; };
        layout(std430, binding = 2) restrict writeonly buffer C { float c[]; };
        void main()
        {
            uint i = gl_GlobalInvocationID.x;
            if (i < COUNT) c[i] = a[i] + SCALE * b[i];
        }
        """;

    [Fact]
    public void Shader_adds_numbers_through_ranges_of_one_buffer()
    {
        const int count = 1003;
        const long stride = 8192;                              // 1003 floats, up to an offset every driver accepts
        var library = new ShaderLibrary(name => name == "add.comp" ? AddShader : null, "test");
        float[] a = [.. Enumerable.Range(0, count).Select(i => i * 0.5f)];
        float[] b = [.. Enumerable.Range(0, count).Select(i => 1000f - i)];
        float[] guard = new float[(stride * 3 + 256) / 4];
        Array.Fill(guard, -7f);
        float[] all = new float[guard.Length];
        fixture.Run(gl =>
        {
            using var cache = new ProgramCache(gl, null);
            using var buffer = new GlBuffer(gl, guard.Length * sizeof(float), "test arena");
            buffer.Upload<float>(guard);
            buffer.Upload<float>(a, 256);
            buffer.Upload<float>(b, 256 + stride);
            gl.UseProgram(cache.Get(library.Assemble("add.comp", new OrderedDictionary<string, string> { ["COUNT"] = $"{count}u", ["SCALE"] = "2.0" })));
            for (uint slot = 0; slot < 3; slot++) buffer.BindStorage(slot, 256 + slot * stride, count * sizeof(float));
            gl.DispatchCompute((count + 63) / 64, 1, 1);
            buffer.Download<float>(all);
        });
        int first = (int)(256 + 2 * stride) / 4;
        for (int i = 0; i < count; i++) Assert.Equal(a[i] + 2f * b[i], all[first + i]);
        Assert.All(all[(first + count)..], value => Assert.Equal(-7f, value));
        Assert.All(all[..64], value => Assert.Equal(-7f, value));
    }

    [Fact]
    public void Cleared_and_copied_bytes_arrive_where_they_should() => fixture.Run(gl =>
    {
        using var from = new GlBuffer(gl, 64);
        using var to = new GlBuffer(gl, 64);
        from.Upload<int>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        to.Clear(0, 64);
        from.CopyTo(to, 8, 16, 12);
        int[] result = new int[16];
        to.Download<int>(result);
        Assert.Equal([0, 0, 0, 0, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], result);
    });

    [Fact]
    public void Upload_beyond_the_end_names_the_buffer_and_both_sizes() => fixture.Run(gl =>
    {
        using var buffer = new GlBuffer(gl, 16, "weights");
        var error = Assert.Throws<LiveCamException>(() => buffer.Upload<float>([1, 2, 3], 8));
        Assert.Contains("weights", error.Message);
        Assert.Contains("8 to 20", error.Message);
        Assert.Contains("16 bytes", error.Message);
    });

    [Fact]
    public void Check_quotes_the_driver_when_a_call_failed() => fixture.Run(gl =>
    {
        gl.BindBufferRange(GLEnum.ShaderStorageBuffer, 0, 987654, 0, 16);
        var error = Assert.Throws<LiveCamException>(() => gl.Check("binding nonsense"));
        Assert.StartsWith("OpenGL failed while binding nonsense: GL_INVALID_", error.Message);
        gl.Check("running on");
    });
}
