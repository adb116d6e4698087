using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Commands;

/// <summary>
/// One vector of a model file's self-test: the picture is decoded and preprocessed again, and the network answers to the tensor of the
/// file, so that an error of the one does not hide in the other.
/// </summary>
internal static class SelfTestCase
{
    /// <summary>How far two implementations of the contract may be apart, of the largest element.</summary>
    private const double TensorTolerance = 1e-5;

    /// <summary>What two float32 programs that add in different orders may differ by, of the largest output.</summary>
    private const double OutputTolerance = 1e-4;

    /// <summary>The cases of a file.</summary>
    /// <exception cref="LiveCamException">The file is no model that can be run, or has no self-test.</exception>
    public static List<(string Name, Func<Device, CaseResult> Run)> Find(string path)
    {
        OnnxModel file = OnnxImporter.Import(path);
        if (!file.Metadata.TryGetValue(SelfTest.MetadataKey, out string? text))
            throw new LiveCamException($"Cannot verify {path}: the file has no self-test ({SelfTest.MetadataKey} in its metadata); livecam export writes one.");
        IReadOnlyList<SelfTestVector> vectors = SelfTest.Parse(text, path);
        PictureModel model = PictureModel.Of(file, path, null, new Dictionary<string, string>());
        return [.. vectors.Select((vector, i) => ($"{path} picture {i + 1}", (Func<Device, CaseResult>)(device => Run(model, vector, device))))];
    }

    private static CaseResult Run(PictureModel model, SelfTestVector vector, Device device)
    {
        if (vector.Input.Shape != model.InputShape)
            return new(CaseStatus.Fail, $"the file's tensor is {vector.Input.Shape}, but the model takes {model.InputShape}", null, 0);
        using var run = new PictureRun(model, device);
        double tensor = Error(run.Preprocess(ImageFile.Decode(vector.Picture, "self-test picture")), vector.Input);
        double largest = 0;
        string? complaint = tensor <= TensorTolerance ? null : $"the preprocessed picture differs by {Text(tensor)} of its largest element, {Text(TensorTolerance)} is allowed";
        IReadOnlyList<(string Name, Tensor Value)> answers = run.Answer(vector.Input);
        foreach ((string name, Tensor expected) in vector.Outputs)
        {
            Tensor? given = answers.FirstOrDefault(answer => answer.Name == name).Value;
            if (given?.Shape != expected.Shape)
                return new(CaseStatus.Fail, $"output \"{name}\" is {given?.Shape.ToString() ?? "missing"}, but {expected.Shape} is expected", null, run.HostOps, tensor);
            double error = Error(given, expected);
            largest = Math.Max(largest, error);
            if (!(error <= OutputTolerance))
                complaint ??= $"output \"{name}\" differs by {Text(error)} of its largest element, {Text(OutputTolerance)} is allowed";
        }
        return new(complaint is null ? CaseStatus.Pass : CaseStatus.Fail, complaint, largest, run.HostOps, tensor);
    }

    /// <summary>The largest difference in units of the largest element expected.</summary>
    private static double Error(Tensor given, Tensor expected)
    {
        ReadOnlySpan<float> a = given.Span<float>(), b = expected.Span<float>();
        double largest = 0, error = 0;
        for (int i = 0; i < b.Length; i++)
        {
            double difference = a[i].Equals(b[i]) ? 0 : Math.Abs((double)a[i] - b[i]);
            error = difference >= 0 ? Math.Max(error, difference) : double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(b[i]));
        }
        return error == 0 ? 0 : error / largest;
    }

    private static string Text(double error) => error.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
