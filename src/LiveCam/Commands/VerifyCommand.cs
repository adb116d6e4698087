using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary><c>livecam verify PATHS</c>: runs every ONNX backend test below folders, and the self-tests of model files.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("verify", "Run ONNX backend tests (model.onnx beside test_data_set_N), or the self-test of a model file");
        var paths = new Argument<string[]>("PATH") { Description = "Folders, of which every test below runs, and files that livecam export wrote", Arity = ArgumentArity.OneOrMore };
        var rtol = new Option<double>("--rtol") { Description = "Relative tolerance of backend tests", DefaultValueFactory = _ => 1e-3 };
        var atol = new Option<double>("--atol") { Description = "Absolute tolerance of backend tests", DefaultValueFactory = _ => 1e-5 };
        rtol.Validators.Add(Numbers.Positive);
        atol.Validators.Add(Numbers.Positive);
        Option<bool> json = Numbers.Json();
        command.Add(paths);
        var zoo = new ZooOption(command);
        var device = new DeviceOptions(command);
        command.Add(rtol);
        command.Add(atol);
        command.Add(json);
        command.SetAction(parse =>
        {
            var tolerance = new Tolerance(parse.GetValue(rtol), parse.GetValue(atol));
            var cases = new List<(string Name, Func<Device, CaseResult> Run)>();
            foreach (string given in parse.GetValue(paths)!)
            {
                string path = zoo.FileOf(given, parse, terminal);
                if (File.Exists(path)) cases.AddRange(SelfTestCase.Find(path));
                else cases.AddRange(BackendCase.Find(path).Select(item => (item.Name, (Func<Device, CaseResult>)(on => BackendCase.Run(item.Folder, on, tolerance)))));
            }
            using Device on = device.Open(parse, terminal);
            return Run(cases, on, parse.GetValue(json), terminal);
        });
        return command;
    }

    private static int Run(List<(string Name, Func<Device, CaseResult> Run)> cases, Device device, bool json, Terminal terminal)
    {
        var line = new JsonLine(terminal.Output);
        int pass = 0, fail = 0, unsupported = 0, hostOps = 0;
        foreach ((string name, Func<Device, CaseResult> run) in cases)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            CaseResult result = run(device);
            (pass, fail, unsupported) = result.Status switch
            {
                CaseStatus.Pass => (pass + 1, fail, unsupported),
                CaseStatus.Fail => (pass, fail + 1, unsupported),
                _ => (pass, fail, unsupported + 1),
            };
            hostOps += result.HostOps;
            string status = result.Status.ToString().ToLowerInvariant();
            if (!json)
            {
                terminal.Output.WriteLine($"{status,-11}  {name}{Errors(result)}{(result.Reason is null ? "" : $": {Sentences.OneLine(result.Reason)}")}");
                continue;
            }
            Utf8JsonWriter writer = line.Begin();
            writer.WriteString("case", name);
            writer.WriteString("status", status);
            writer.WriteString("reason", result.Reason is null ? null : Sentences.OneLine(result.Reason));
            if (result.MaxError is { } error && double.IsFinite(error)) writer.WriteNumber("max_error", error);
            else writer.WriteNull("max_error");
            if (result.TensorError is { } tensor && double.IsFinite(tensor)) writer.WriteNumber("tensor_error", tensor);
            line.End();
        }
        if (json)
        {
            Utf8JsonWriter writer = line.Begin();
            writer.WriteStartObject("summary");
            writer.WriteNumber("pass", pass);
            writer.WriteNumber("fail", fail);
            writer.WriteNumber("unsupported", unsupported);
            writer.WriteNumber("host_ops", hostOps);
            writer.WriteEndObject();
            line.End();
        }
        else
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pass} pass, {fail} fail, {unsupported} unsupported, {hostOps} steps on the host"));
        }
        if (fail == 0) return CommandLine.Fine;
        terminal.Note($"{fail} of {cases.Count} cases failed.");
        return CommandLine.Failed;
    }

    /// <summary>Of a self-test: how far the tensor and the outputs are off.</summary>
    private static string Errors(CaseResult result) => result is { TensorError: { } tensor, MaxError: { } outputs }
        ? string.Create(CultureInfo.InvariantCulture, $" (tensor {tensor:0.0e+0}, outputs {outputs:0.0e+0})") : "";
}
