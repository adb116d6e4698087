using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed class GlThreadTests(GlFixture fixture)
{
    [Fact]
    public async Task Work_runs_in_order_on_one_thread()
    {
        var seen = new List<(int, int)>();
        GlThread thread = fixture.Thread;
        Task[] tasks = [.. Enumerable.Range(0, 50).Select(i => thread.Post(() => seen.Add((i, Environment.CurrentManagedThreadId))))];
        await Task.WhenAll(tasks);
        int id = thread.Run(() => Environment.CurrentManagedThreadId);
        Assert.NotEqual(Environment.CurrentManagedThreadId, id);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (i, id)), seen);
        Assert.Equal(5, thread.Run(() => thread.Run(() => 5)));       // from its own thread, at once
    }

    [Fact]
    public void Exceptions_come_back_to_the_caller_and_the_thread_lives_on()
    {
        GlThread thread = fixture.Thread;
        Assert.Equal("mine", Assert.Throws<LiveCamException>(() => thread.Run(() => throw new LiveCamException("mine"))).Message);
        Assert.True(thread.Run(() => true));
    }

    [Fact]
    public unsafe void Shared_context_on_a_second_thread_sees_the_same_buffers_and_programs()
    {
        GlContext? context = fixture.Thread.Run(fixture.Thread.Context.CreateShared);
        Assert.NotNull(context);
        using var second = new GlThread(context, "compile");
        ShaderSource source = new ShaderLibrary(_ => "layout(local_size_x = 1) in;\nlayout(std430, binding = 0) buffer R { int r[]; };\nvoid main() { r[1] = r[0] * 2; }", "test").Assemble("twice.comp");
        GlBuffer? buffer = null;
        ProgramCache? cache = null;
        second.Run(() =>
        {
            buffer = new GlBuffer(second.Gl, 256);
            buffer.Upload<int>([21, 0]);
            cache = new ProgramCache(second.Gl, null);
            cache.Get(source);
            second.Gl.Finish();
        });
        int[] result = new int[2];
        fixture.Run(gl =>
        {
            Assert.True(cache!.TryGet(source, out uint program));
            gl.UseProgram(program);
            gl.BindBufferRange(GLEnum.ShaderStorageBuffer, 0, buffer!.Name, 0, 8);
            gl.DispatchCompute(1, 1, 1);
            gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
            fixed (int* p = result) gl.GetNamedBufferSubData(buffer.Name, 0, 8, p);
        });
        Assert.Equal([21, 42], result);
        second.Run(() =>
        {
            cache!.Dispose();
            buffer!.Dispose();
        });
    }

    [Fact]
    public void Foreign_context_needs_only_a_loader() => fixture.Run(gl =>
    {
        using var foreign = new ForeignContext(fixture.Thread.Context.GetProcAddress);
        foreign.MakeCurrent();
        GL functions = foreign.Load();
        Assert.Equal(GlVersion.Of(gl), GlVersion.Of(functions));
        Assert.Equal(gl.GetStringS(GLEnum.Renderer), functions.GetStringS(GLEnum.Renderer));
        Assert.Null(foreign.CreateShared());
    });

    [Fact]
    public void A_device_stands_on_functions_that_anybody_hands_in() => fixture.Run(_ =>
    {
        GL host = GL.GetApi(fixture.Thread.Context.GetProcAddress);
        using var device = new GlDevice(host, cacheDirectory: null);
        var graph = new Graph();
        graph.Output("y", graph.Add(new Relu(), graph.Input("x", ElementType.Float32, [1, 3])));
        using Plan plan = Compiler.Compile(graph, device);
        plan.Write("x", Tensor.Of<float>([1, 3], [-1, 2, 3]));
        plan.Run();
        Assert.Equal([0, 2, 3], plan.Read("y").Span<float>());
    });

    [Fact]
    public void Context_older_than_needed_is_refused_in_one_sentence() => fixture.Run(gl =>
    {
        var error = Assert.Throws<LiveCamException>(() => fixture.Thread.Context.Load(requiredVersion: 99));
        Assert.StartsWith("OpenGL 9.9 is needed but this driver offers \"4.", error.Message);
    });

    [Fact]
    public void Missing_entry_point_is_named() => fixture.Run(_ =>
    {
        using var foreign = new ForeignContext(name => name == "glDispatchCompute" ? 0 : fixture.Thread.Context.GetProcAddress(name), "an old host");
        GL functions = foreign.Load();
        Assert.StartsWith("The OpenGL driver of an old host lacks glDispatchCompute", Assert.Throws<LiveCamException>(() => functions.DispatchCompute(1, 1, 1)).Message);
    });

    [Fact]
    public void No_current_context_is_said_plainly() =>
        Assert.Contains("no context is current", Assert.Throws<LiveCamException>(() => fixture.Thread.Context.Load()).Message);

    [Fact]
    public void Unknown_egl_platform_is_refused() =>
        Assert.Contains("only \"device\" and \"surfaceless\" exist", Assert.Throws<LiveCamException>(() => EglContext.Create("wayland")).Message);
}
