using System.Runtime.InteropServices;
using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed unsafe class RingTests(GlFixture fixture)
{
    private static uint BusyProgram(ProgramCache cache) => cache.Get(new ShaderLibrary(_ => """
        layout(local_size_x = 64) in;
        layout(std430, binding = 0) buffer R { uint r[]; };
        void main()
        {
            uint x = gl_GlobalInvocationID.x;
            for (int i = 0; i < 2000; i++) x = x * 1664525u + 1013904223u;
            r[gl_GlobalInvocationID.x] = x;
        }
        """, "test").Assemble("busy.comp"));

    private static uint Expected(uint index)
    {
        uint x = index;
        for (int i = 0; i < 2000; i++) x = x * 1664525u + 1013904223u;
        return x;
    }

    [Fact]
    public void Readback_brings_the_newest_shader_result_with_its_tag() => fixture.Run(gl =>
    {
        using var cache = new ProgramCache(gl, null);
        using var ring = new ReadbackRing(gl, 256);
        using var buffer = new GlBuffer(gl, 64 * 1024);
        Assert.False(ring.TryRead(out _, out _));
        buffer.Clear(0, buffer.Bytes);
        buffer.BindStorage(0, 0, buffer.Bytes);
        gl.UseProgram(BusyProgram(cache));
        gl.DispatchCompute(256, 1, 1);
        Assert.True(ring.TryCopy(buffer.Name, 64, 256, tag: 17));
        gl.Finish();
        Assert.True(ring.TryRead(out ReadOnlySpan<byte> data, out long tag));
        Assert.Equal(17, tag);
        ReadOnlySpan<uint> values = MemoryMarshal.Cast<byte, uint>(data);
        Assert.Equal(64, values.Length);
        for (int i = 0; i < 64; i++) Assert.Equal(Expected((uint)i + 16), values[i]);
        Assert.False(ring.TryRead(out _, out _));
    });

    [Fact]
    public void Readback_skips_what_newer_results_overtake_and_keeps_the_shown_one() => fixture.Run(gl =>
    {
        using var ring = new ReadbackRing(gl, 16, slots: 3);
        using var buffer = new GlBuffer(gl, 256);
        void Copy(int value, bool expected)
        {
            buffer.Upload<int>([value]);
            Assert.Equal(expected, ring.TryCopy(buffer.Name, 0, 4, value));
        }
        Copy(1, true);
        Copy(2, true);
        Copy(3, true);
        Copy(4, false);                                        // all slots are under way
        gl.Finish();
        Assert.True(ring.TryRead(out ReadOnlySpan<byte> shown, out long tag));
        Assert.Equal(3, tag);
        Copy(5, true);
        Copy(6, true);
        Copy(7, false);                                        // the shown slot is not written over
        gl.Finish();
        Assert.Equal(3, MemoryMarshal.Read<int>(shown));
        Assert.True(ring.TryRead(out shown, out tag));
        Assert.Equal((6, 6), (tag, MemoryMarshal.Read<int>(shown)));
    });

    [Fact]
    public void Timer_tells_work_from_no_work_and_marks_stages_not_run() => fixture.Run(gl =>
    {
        using var cache = new ProgramCache(gl, null);
        using var buffer = new GlBuffer(gl, 1 << 20);
        using var timer = new GpuTimer(gl, stages: 3);
        if (!timer.IsSupported) throw Requirements.Missing("timestamps", "no timestamp bits");
        double[] time = new double[3];
        Assert.False(timer.TryRead(time, out _));
        buffer.Clear(0, buffer.Bytes);
        buffer.BindStorage(0, 0, buffer.Bytes);
        gl.UseProgram(BusyProgram(cache));
        long frame = timer.BeginFrame();
        timer.Begin(0);
        gl.DispatchCompute(4096, 1, 1);
        timer.End(0);
        timer.Begin(1);
        timer.End(1);
        timer.EndFrame();
        gl.Finish();
        Assert.True(timer.TryRead(time, out long read));
        Assert.Equal(frame, read);
        Assert.True(time[0] > 0 && time[1] >= 0 && time[0] > time[1], $"{time[0]} ms against {time[1]} ms");
        Assert.True(double.IsNaN(time[2]));
        Assert.False(timer.TryRead(time, out _));
    });

    [Fact]
    public void Timer_leaves_frames_beyond_its_four_untimed_and_reads_the_newest() => fixture.Run(gl =>
    {
        using var timer = new GpuTimer(gl, stages: 1);
        if (!timer.IsSupported) throw Requirements.Missing("timestamps", "no timestamp bits");
        void Frame()
        {
            timer.BeginFrame();
            timer.Begin(0);
            timer.End(0);
            timer.EndFrame();
        }
        for (int i = 0; i < 6; i++) Frame();
        gl.Finish();
        double[] time = new double[1];
        Assert.True(timer.TryRead(time, out long frame));
        Assert.Equal(4, frame);
        Assert.False(timer.TryRead(time, out _));              // older frames were passed over
        Frame();
        gl.Finish();
        Assert.True(timer.TryRead(time, out frame));
        Assert.Equal(7, frame);
    });
}
