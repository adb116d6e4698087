using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Reference;
using LiveCam.Engine.Tests.Training.Taught;

namespace LiveCam.Engine.Tests.Onnx.Peers;

/// <summary>Programs that are not ours accept what is exported and answer the same.</summary>
public sealed class PeerTests
{
    /// <summary>Two float32 programs that add in different orders: the project's promise for whole networks.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>
    /// What ONNX Runtime does not run, or answers otherwise, although the file is right, by a part of the name, and a part of what is said then.
    /// Transposed convolutions padded to the same size are input x stride by the specification; it leaves that out where strides are larger than
    /// the kernel, as ONNX 1.12 does.
    /// </summary>
    private static readonly (string Name, string Error)[] RefusedByOnnxRuntime =
    [
        ("even size", "size_ % 2 == 1 was false"),
        ("Lrn 06 of 2x5x11, one axis", "NumDimensions() == 4 was false"),
        ("same lower, gaps between kernels", "1x6x8x8 is expected"),
        // Out of the range of the target, which the specification leaves open: LiveCam gives the nearest number, ONNX Runtime the low bits.
        ("Cast 08 of 3x7", "elements differ"),
        ("Cast 09 of 3x7", "elements differ"),
        // Broadcasting behind an ellipsis came later.
        ("Einsum 05", "Ellipsis represents incompatible dimensions"),
        // Types it has no kernel for.
        ("Mod 01 of 3x7 7", "fmod attribute must be true"),
        ("OneHot 03", "Could not find an implementation"),
        ("EyeLike 03", "Could not find an implementation"),
        // ONNX's own cases say otherwise: indices count in the smallest output, and corners are those of the exact scaled size.
        ("MaxUnpool 02", "elements differ"),
        ("corners of no whole number", "elements differ"),
        ("same upper, dilated", "Dilation not supported for AutoPadType::SAME_UPPER"),
    ];

    /// <summary>
    /// ONNX 1.12 counts a pooling window that begins in the padding behind the input; the specification has left it out since 1.16, as
    /// ONNX Runtime and LiveCam do.
    /// </summary>
    private static readonly (string Name, string Error)[] RefusedByTheChecker =
    [
        ("ceil that ends in padding", "Inferred shape and existing shape differ"),
        ("Einsum 05", "Ellipsis represents incompatible dimensions"),
        ("same lower, gaps between kernels", "Inferred shape and existing shape differ"),
    ];

    /// <summary>
    /// Products of bytes: without VNNI ONNX Runtime adds pairs of them in 16 bits, which saturate, so that its answer depends on the processor.
    /// </summary>
    private static readonly string[] Saturating = ["MatMulInteger ", "ConvInteger ", "QLinearMatMul ", "QLinearConv "];

    /// <summary>Without the operators: those are looked at together.</summary>
    public static TheoryData<string> Networks => [.. Exported.Networks, .. Exported.Models];

    [Fact]
    public void The_checker_of_ONNX_accepts_every_export()
    {
        Dictionary<string, byte[]> models = Exported.All.Select(name => (Name: name, Bytes: Export(name)))
            .Where(model => model.Bytes is not null).ToDictionary(model => model.Name, model => model.Bytes!);
        Assert.True(models.Count > 200, $"only {models.Count} were exported");
        var wrong = new List<string>();
        foreach ((string name, string? complaint) in OnnxChecker.Check(models))
        {
            // A newer checker may have learnt it.
            bool known = RefusedByTheChecker.Any(one => name.Contains(one.Name) && complaint?.Contains(one.Error) == true);
            if (complaint is not null && !known)
                wrong.Add($"{name}: {complaint}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void ONNX_Runtime_answers_the_same_to_every_operator()
    {
        var wrong = new List<string>();
        int same = 0;
        foreach (string name in Exported.Operators)
        {
            if (Export(name) is not { } model)
                continue;
            string? complaint = Compare(name, model);
            if (RefusedByOnnxRuntime.FirstOrDefault(one => name.Contains(one.Name)) is { Name: not null } refused)
            {
                if (complaint?.Contains(refused.Error) != true)
                    wrong.Add($"{name} is listed ({refused.Error}), but: {complaint ?? "it answers the same"}");
            }
            else if (complaint is not null && !(complaint.Contains("elements differ") && Saturating.Any(name.StartsWith)))
            {
                wrong.Add($"{name}: {complaint}");
            }
            else
            {
                same++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(same > 150, $"only {same} were compared");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ONNX_Runtime_answers_the_same_to_every_network(string name)
    {
        string? complaint = Compare(name, OnnxExporter.Export(Exported.Of(name).Graph));
        Assert.True(complaint is null, complaint);
    }

    /// <summary>Null for what ONNX cannot say (RoundTripTests knows what that may be), and for shared data that is not there.</summary>
    private static byte[]? Export(string name)
    {
        try
        {
            return OnnxExporter.Export(Exported.Of(name).Graph);
        }
        catch (Exception left) when (left is LiveCamException || left.Message.StartsWith(SkippingFramework.Token, StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>What is wrong with ONNX Runtime's answer; null where it is ours.</summary>
    private static string? Compare(string name, byte[] model)
    {
        Exported subject = Exported.Of(name);
        OnnxRuntime ran = OnnxRuntime.Run(model, subject.Inputs);
        if (ran.Error is not null)
            return ran.Error;
        foreach ((string output, Tensor ours) in Exported.Run(subject.Graph, subject.Inputs))
        {
            if (!ran.Outputs.TryGetValue(output, out Tensor? theirs) || theirs.Type != ours.Type)
                return $"{output} is {ours.Type}, but ONNX Runtime gives {theirs?.Type.ToString() ?? "nothing"}";
            if (OpRunner.Difference(ours, Doubles.From(theirs), Tolerance) is { } difference)
                return $"{output}: {difference}";
        }
        return null;
    }
}
