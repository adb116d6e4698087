using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam compare MODEL [FILE]</c>: CPU against OpenGL, layer by layer.</summary>
internal static class CompareCommand
{
    private const double UsualTolerance = 1e-3;

    private sealed record Difference(string Layer, string Op, Shape Shape, double Error);

    public static Command Create(Terminal terminal)
    {
        var command = new Command("compare", "Compare the CPU with OpenGL, layer by layer");
        var model = new Argument<string>("MODEL") { Description = "An ONNX file, or zoo:NAME" };
        var file = new Argument<string?>("FILE") { Description = "A picture; a seeded random input without one", Arity = ArgumentArity.ZeroOrOne };
        var tolerance = new Option<double>("--tolerance") { Description = "Largest error of a layer, relative to its largest value", DefaultValueFactory = _ => UsualTolerance };
        tolerance.Validators.Add(Numbers.Positive);
        Option<bool> json = Numbers.Json();
        command.Add(model);
        var zoo = new ZooOption(command);
        command.Add(file);
        command.Add(tolerance);
        command.Add(json);
        command.SetAction(parse => Run(zoo.FileOf(parse.GetValue(model)!, parse, terminal), parse.GetValue(file), parse.GetValue(tolerance), parse.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, string? file, double tolerance, bool json, Terminal terminal)
    {
        List<(string, Tensor)> inputs = file is null ? ModelInputs.Seeded(OnnxImporter.Import(path), path) : FromPicture(path, file);
        using var cpu = new CpuDevice();
        using GlDevice gl = DeviceChoice.OpenGl();
        var keepAll = new CompileOptions { KeepAll = true };
        using Plan expected = ModelInputs.Compile(path, cpu, inputs, keepAll).Plan;
        using Plan actual = ModelInputs.Compile(path, gl, inputs, keepAll).Plan;
        expected.Run();
        actual.Run();
        var differences = new List<Difference>();
        foreach (Node node in expected.Lowered.Nodes)
            foreach (Value value in node.Outputs)
                if (value.Exists && expected.Lowered.IsKept(value) && actual.Lowered.Graph.TryFind(expected.Lowered.Graph.NameOf(value), out Value same))
                    differences.Add(new(expected.Lowered.Graph.NameOf(value), node.Op.Name, expected.Lowered[value].Shape,
                        LargestRelativeError(expected.Read(value), actual.Read(same))));
        foreach (Difference one in differences.Where(difference => IsNoNumber(expected, difference.Layer)).Take(1))
            terminal.Note($"both devices compute numbers that are not finite, first at \"{one.Layer}\", so that they agree says nothing; are the weights whole?");
        Difference? first = differences.Find(difference => !(difference.Error <= tolerance));
        double largest = differences.Count == 0 ? 0 : differences.Max(difference => double.IsNaN(difference.Error) ? double.PositiveInfinity : difference.Error);
        if (json) WriteJson(path, gl, differences, largest, first, tolerance, terminal.Output);
        else WriteText(gl, differences, largest, first, tolerance, terminal.Output);
        if (first is null) return differences.Exists(difference => IsNoNumber(expected, difference.Layer)) ? CommandLine.Failed : CommandLine.Fine;
        terminal.Note(Text($"the devices disagree on {path}, first at \"{first.Layer}\": relative error {first.Error:0.0e+0}, tolerance {tolerance:0.0e+0}."));
        return CommandLine.Failed;
    }

    /// <summary>Whether a layer holds NaN, which no comparison finds.</summary>
    private static bool IsNoNumber(Plan plan, string layer) =>
        plan.Read(layer) is { Type: ElementType.Float32 } values && Array.Exists(values.Span<float>().ToArray(), float.IsNaN);

    private static void WriteText(GlDevice gl, List<Difference> differences, double largest, Difference? first, double tolerance, TextWriter output)
    {
        var table = new TextTable("layer", "operator", "output", ">relative error", "");
        foreach (Difference difference in differences)
            table.Add(difference.Layer, difference.Op, difference.Shape.ToString(), Text($"{difference.Error:0.00e+0}"), difference == first ? "<- first beyond tolerance" : "");
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"OpenGL   {gl.Description}");
        output.WriteLine(Text($"largest  {largest:0.00e+0} of {differences.Count} layers, tolerance {tolerance:0.0e+0}"));
    }

    private static void WriteJson(string path, GlDevice gl, List<Difference> differences, double largest, Difference? first, double tolerance, TextWriter output)
    {
        var line = new JsonLine(output);
        Utf8JsonWriter json = line.Begin();
        json.WriteString("model", path);
        json.WriteString("gl", gl.Description);
        json.WriteStartArray("layers");
        foreach (Difference difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("name", difference.Layer);
            json.WriteString("op", difference.Op);
            json.WriteRounded("error", difference.Error, 12);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteRounded("largest", largest, 12);
        json.WriteNumber("tolerance", tolerance);
        json.WriteString("first_beyond", first?.Layer);
        line.End();
    }

    /// <summary>The largest difference relative to the largest expected magnitude; differing integers count as 1, differing non-finite numbers as infinite.</summary>
    private static double LargestRelativeError(Tensor expected, Tensor actual)
    {
        if (expected.Type != ElementType.Float32) return expected.Bytes.Span.SequenceEqual(actual.Bytes.Span) ? 0 : 1;
        ReadOnlySpan<float> a = expected.Span<float>(), b = actual.Span<float>();
        double scale = 0, error = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] == b[i] || (float.IsNaN(a[i]) && float.IsNaN(b[i]))) continue;
            if (!float.IsFinite(a[i]) || !float.IsFinite(b[i])) return double.PositiveInfinity;
            error = Math.Max(error, Math.Abs((double)a[i] - b[i]));
        }
        foreach (float value in a)
            if (float.IsFinite(value)) scale = Math.Max(scale, Math.Abs(value));
        return error == 0 ? 0 : error / Math.Max(scale, float.Epsilon);
    }

    private static List<(string, Tensor)> FromPicture(string path, string file)
    {
        PictureModel model = PictureModel.Load(path, null, new Dictionary<string, string>());
        var tensor = new Tensor(ElementType.Float32, model.InputShape);
        int[] strides = model.InputShape.RowMajorStrides();
        new PreprocessingCpu(model.Contract).Run(ImageFile.Load(file), tensor.Span<float>(),
            new TensorStrides(strides[model.Axes.Row], strides[model.Axes.Column], strides[model.Axes.Channel]));
        return [(model.Input.Name, tensor)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
