using LiveCam.Engine.Tests.Reference;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Ops;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>What is exported and read again computes the same bits and is exported to the same bytes.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Names => [.. Exported.Operators, .. Exported.Networks, .. Exported.Models];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_graph_comes_back_the_same(string name)
    {
        Exported subject = Exported.Of(name);
        byte[] bytes;
        try
        {
            bytes = OnnxExporter.Export(subject.Graph);
        }
        catch (LiveCamException refusal)
        {
            // These are looked at below.
            Assert.True(OpCases.All.TryGetValue(name, out OpCase? line) && HasNoForm(line), refusal.Message);
            return;
        }
        Graph again = OnnxImporter.Import(bytes, "exported").Graph;
        Assert.Equal(bytes, OnnxExporter.Export(again));
        foreach (((string output, Tensor expected), (string same, Tensor actual)) in Exported.Run(subject.Graph, subject.Inputs).Zip(Exported.Run(again, subject.Inputs)))
        {
            Assert.Equal((output, expected.Type, expected.Shape), (same, actual.Type, actual.Shape));
            // What is written as several operators rounds in between.
            if (OpCases.All.TryGetValue(name, out OpCase? line) && line.Op is RmsNormalization)
                Assert.Null(OpRunner.Difference(actual, Doubles.From(expected), RandomTensors.Fp32(4)));
            else
                Assert.True(expected.Bytes.Span.SequenceEqual(actual.Bytes.Span), $"{output} differs");
        }
    }

    [Fact]
    public void What_ONNX_cannot_say_is_refused_in_one_sentence()
    {
        OpCase[] lines = [.. OpCases.All.Values.Where(HasNoForm)];
        Assert.True(lines.Length > 20);
        foreach (OpCase line in lines)
        {
            // Without its mask a Dropout is any other.
            if (line.Op is Dropout && line.Outputs == 1)
                continue;
            LiveCamException refusal = Assert.Throws<LiveCamException>(() => OnnxExporter.Export(Exported.Of(line.Name).Graph));
            Assert.Matches($"^{line.Op.Name} \"node\": .*[^.]\\.$", refusal.Message);
        }
    }

    /// <summary>Operations of passes and of gradients, and forms that operator set 17 lacks.</summary>
    private static bool HasNoForm(OpCase line) => HasNoForm(line.Op) || line is { Op: GridSample, Inputs: [{ Shape.Rank: 5 }, ..] };

    private static bool HasNoForm(Op op) =>
        !OpSet.Knows(op.Name) || op is IFusable { HasEpilogue: true } or Pad { Mode: PadMode.Wrap } or Dropout { BoolMask: false } or BitwiseAnd or BitwiseOr or BitwiseXor or BitwiseNot or QuantizeLinear { Block: > 0 } or QuantizeLinear { To: ElementType.Int16 } or DequantizeLinear { Block: > 0 }
        || op is AveragePool pool && pool.Window.Dilations.Any(dilation => dilation != 1)
        || op is LpPool norm && (norm.Window.CeilMode || norm.Window.Dilations.Any(dilation => dilation != 1))
        || op is Resize { Antialias: true } or Resize { Coordinates: ResizeCoordinates.HalfPixelSymmetric } or Resize { AspectRatio: not AspectRatio.Stretch }
            or SpaceToDepth { ColumnFirst: true } or Scatter { Reduction: ScatterReduction.Max or ScatterReduction.Min } or ScatterND { BatchAxes: > 0 };
}
