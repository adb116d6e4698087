using System.Diagnostics;
using System.Text.RegularExpressions;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Commands;

internal enum CaseStatus { Pass, Fail, Unsupported }

/// <summary>What came of one case: the largest error in units of the tolerance's floor (see <see cref="Tolerance"/>), null where nothing ran.</summary>
/// <param name="TensorError">Of a self-test: how far the input tensor is off, in units of its largest element.</param>
internal sealed record CaseResult(CaseStatus Status, string? Reason, double? MaxError, int HostOps, double? TensorError = null);

/// <summary>One ONNX backend test: <c>model.onnx</c> beside <c>test_data_set_N/input_K.pb</c> and <c>output_K.pb</c>.</summary>
internal static partial class BackendCase
{
    /// <summary>Every case at or below a folder, in the order of their names.</summary>
    /// <exception cref="LiveCamException">There is no such folder, or no case in it.</exception>
    public static List<(string Name, string Folder)> Find(string root)
    {
        if (!Directory.Exists(root)) throw new LiveCamException($"Cannot verify {root}: there is no such folder or file.");
        var found = Directory.EnumerateFiles(root, "model.onnx", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!)
            .Where(folder => Directory.EnumerateDirectories(folder, "test_data_set_*").Any())
            .Select(folder => (Path.GetRelativePath(root, folder) is "." ? Path.GetFileName(Path.GetFullPath(root)) : Path.GetRelativePath(root, folder), folder))
            .OrderBy(item => item.Item1, StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new LiveCamException($"Cannot verify {root}: no model.onnx beside test_data_set_0 is in it or below it.");
    }

    public static CaseResult Run(string folder, Device device, Tolerance tolerance)
    {
        double largest = 0;
        int hostOps = 0;
        bool plain = true;
        try
        {
            foreach (string set in Directory.EnumerateDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal))
            {
                List<(string Name, Tensor Value)> inputs = Inputs(set);
                plain &= inputs.TrueForAll(input => IsPlain(input.Value.Type));
                (OnnxModel model, Plan planned) = ModelInputs.Compile(Path.Combine(folder, "model.onnx"), device, inputs, new CompileOptions());
                using Plan plan = planned;
                plan.Run();
                hostOps += plan.HostOps;
                string? complaint = Compare(model.Graph, plan, set, tolerance, ref largest);
                if (complaint is not null) return new(CaseStatus.Fail, complaint, largest, hostOps);
            }
            return new(CaseStatus.Pass, null, largest, hostOps);
        }
        catch (LiveCamException error)
        {
            return new(plain && KnownOperators(error.Message) ? CaseStatus.Fail : CaseStatus.Unsupported, error.Message, null, hostOps);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            // A case must not end the run of all others; that LiveCam threw something else than a sentence is a failure by itself.
            return new(CaseStatus.Fail, $"unexpected {error.GetType().Name} in {Origin(error)}: {error.Message}", null, hostOps);
        }
    }

    private static List<(string Name, Tensor Value)> Inputs(string set)
    {
        var inputs = new List<(string, Tensor)>();
        for (int i = 0; Path.Combine(set, $"input_{i}.pb") is var file && File.Exists(file); i++) inputs.Add(OnnxTensor.ReadNamed(file));
        return inputs;
    }

    private static string? Compare(Graph graph, Plan plan, string set, Tolerance tolerance, ref double largest)
    {
        for (int i = 0; i < graph.Outputs.Count; i++)
        {
            string file = Path.Combine(set, $"output_{i}.pb"), name = graph.Outputs[i].Name;
            if (!File.Exists(file)) continue;
            Tensor expected = OnnxTensor.Read(file), actual = plan.Read(name);
            if (actual.Type != expected.Type || actual.Shape != expected.Shape)
                return $"output \"{name}\" is {actual.Type} {actual.Shape}, but {expected.Type} {expected.Shape} is expected";
            double error = tolerance.Error(expected, actual);
            largest = double.IsNaN(error) ? error : Math.Max(largest, error);
            if (!(error <= tolerance.Relative))
                return $"output \"{name}\" differs by {error.ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture)} in {Path.GetFileName(set)}";
        }
        return null;
    }

    /// <summary>The method of LiveCam's that was nearest when an exception was thrown.</summary>
    private static string Origin(Exception error) => new StackTrace(error).GetFrames().Select(frame => frame.GetMethod())
        .FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith(nameof(LiveCam), StringComparison.Ordinal) == true)
        is { } method ? $"{method.DeclaringType!.Name}.{method.Name}" : "the runtime";

    /// <summary>The element types LiveCam claims to run.</summary>
    private static bool IsPlain(ElementType type) =>
        type is ElementType.Float32 or ElementType.Int64 or ElementType.Int32 or ElementType.UInt8 or ElementType.Int8 or ElementType.Bool;

    /// <summary>
    /// Whether every node that a message complains about (<c>Conv "name": ...</c>) has an operator of the table: then the case ought to have run.
    /// A message that names no node is about a type or a form of file beyond LiveCam.
    /// </summary>
    private static bool KnownOperators(string message)
    {
        MatchCollection nodes = Complaint().Matches(message);
        return nodes.Count > 0 && nodes.All(node => OpSet.Knows(node.Groups[1].Value));
    }

    [GeneratedRegex("""(?:^|[:;.] )(\w+) "[^"]*": """)]
    private static partial Regex Complaint();
}
