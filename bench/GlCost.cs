using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Bench;

/// <summary>
/// What the driver takes for a dispatch and for a barrier: 1,000 dispatches of one work group that adds 1 to sixteen
/// numbers, independent ones and dependent ones, with and without binding program and buffers anew.
/// </summary>
internal static unsafe class GlCost
{
    private const int Dispatches = 1000, Repeats = 30, Slots = 64, SlotBytes = 256;

    private const string Shader = """
        layout(local_size_x = 16) in;
        layout(std430, binding = 0) buffer Numbers { float numbers[]; };
        void main() { numbers[gl_LocalInvocationIndex] += 1.0; }
        """;

    public static void Run(TextWriter output)
    {
        using var device = new GlDevice(new GlThread(EglContext.Create()), cacheDirectory: null, new ShaderLibrary(_ => Shader, "the bench program"));
        output.WriteLine(device.Description);
        device.Invoke(() =>
        {
            using var buffer = new GlBuffer(device.Gl, Slots * SlotBytes, "numbers");
            buffer.Clear(0, buffer.Bytes);
            uint program = device.Programs.Get(device.Shaders.Assemble("tiny.comp"));
            Report("dispatch", bind: false, barrier: false, sameSlot: false);
            Report("bind + dispatch, other memory each time", bind: true, barrier: false, sameSlot: false);
            Report("bind + dispatch + barrier, other memory", bind: true, barrier: true, sameSlot: false);
            Report("bind + dispatch + barrier, same memory", bind: true, barrier: true, sameSlot: true);

            var first = new float[1];
            buffer.Download<float>(first);
            if (first[0] == 0) throw new LiveCamException("The dispatches were issued, but none of them changed the buffer: the times above mean nothing.");

            void Report(string what, bool bind, bool barrier, bool sameSlot)
            {
                var issued = new double[Repeats];
                var done = new double[Repeats];
                for (int repeat = -3; repeat < Repeats; repeat++)
                {
                    (double cpu, double all) = Issue(device.Gl, program, buffer, bind, barrier, sameSlot);
                    if (repeat >= 0) (issued[repeat], done[repeat]) = (cpu, all);
                }
                Array.Sort(issued);
                Array.Sort(done);
                output.WriteLine($"  {what,-42} {issued[Repeats / 2] / Dispatches,8:F2} us to issue, {done[Repeats / 2] / Dispatches,8:F2} us until done (each of {Dispatches})");
            }
        });
    }

    /// <summary>Microseconds until all dispatches are issued, and until they are done.</summary>
    private static (double Issued, double Done) Issue(GL gl, uint program, GlBuffer buffer, bool bind, bool barrier, bool sameSlot)
    {
        gl.UseProgram(program);
        buffer.BindStorage(0, 0, SlotBytes);
        gl.Finish();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Dispatches; i++)
        {
            if (bind)
            {
                gl.UseProgram(program);
                buffer.BindStorage(0, sameSlot ? 0 : i % Slots * SlotBytes, SlotBytes);
            }
            gl.DispatchCompute(1, 1, 1);
            if (barrier) gl.MemoryBarrier(MemoryBarrierMask.ShaderStorageBarrierBit);
        }
        double issued = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        gl.Finish();
        return (issued, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }
}
