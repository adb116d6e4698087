using System.CommandLine;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Kernels;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam devices</c>: what this machine has to see with and to calculate on.</summary>
internal static class DevicesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("devices", "List cameras, the OpenGL renderer and the CPU");
        Option<bool> json = Numbers.Json();
        command.Add(json);
        command.SetAction(parse =>
        {
            IReadOnlyList<CameraDevice> cameras = CameraList.Read();
            (GlCaps? caps, string? reason) = OpenGl();
            int bits = (int)VectorWidths.Best * 32;
            if (parse.GetValue(json)) WriteJson(cameras, caps, reason, bits, terminal.Output);
            else WriteText(cameras, caps, reason, bits, terminal.Output);
            return CommandLine.Fine;
        });
        return command;
    }

    private static void WriteText(IReadOnlyList<CameraDevice> cameras, GlCaps? caps, string? reason, int bits, TextWriter output)
    {
        output.WriteLine("Cameras");
        foreach (CameraDevice camera in cameras) output.WriteLine($"  {camera.Index}  {camera.Name}  {camera.Path}");
        if (cameras.Count == 0) output.WriteLine("  none");
        output.WriteLine("OpenGL");
        if (caps is null) output.WriteLine($"  none: {reason}");
        else
            foreach (string line in caps.Lines()) output.WriteLine($"  {line}");
        output.WriteLine("CPU");
        output.WriteLine($"  {Environment.ProcessorCount} processors, {(bits > 32 ? $"{bits}-bit vectors" : "no vectors")}");
        output.WriteLine("Windows");
        output.WriteLine($"  {Window.Library}");
    }

    private static void WriteJson(IReadOnlyList<CameraDevice> cameras, GlCaps? caps, string? reason, int bits, TextWriter output)
    {
        var line = new JsonLine(output);
        Utf8JsonWriter json = line.Begin();
        json.WriteStartArray("cameras");
        foreach (CameraDevice camera in cameras)
        {
            json.WriteStartObject();
            json.WriteNumber("index", camera.Index);
            json.WriteString("name", camera.Name);
            json.WriteString("path", camera.Path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("gl");
        if (caps is not null)
        {
            json.WriteString("renderer", caps.Renderer);
            json.WriteString("version", caps.Version);
            json.WriteBoolean("software", caps.IsSoftware);
        }
        else
        {
            json.WriteString("none", reason);
        }
        json.WriteEndObject();
        json.WriteStartObject("cpu");
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("vector_bits", bits);
        json.WriteEndObject();
        json.WriteString("windowing", Window.Library);
        line.End();
    }

    private static (GlCaps? Caps, string? Reason) OpenGl()
    {
        try
        {
            using GlDevice gl = DeviceChoice.OpenGl();
            return (gl.Caps, null);
        }
        catch (LiveCamException error)
        {
            return (null, error.Message);
        }
    }
}
