using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Onnx;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Taught;

/// <summary>The graph, which is float32 and of plain operators, against the model, which is double precision and has loops.</summary>
public sealed class TaughtGraphTests
{
    public static TheoryData<string> Cases => [.. TaughtCases.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Probabilities_and_distances_are_the_model_s(string name)
    {
        TaughtCase taught = TaughtCases.Of(name);
        var probabilities = new double[4];
        // Kinds and seeds that were taught, the sample that is there twice, and others.
        for (int seed = 0; seed < 12; seed++)
        {
            Tensor picture = taught.Picture(seed < 6 ? seed : 1000 + seed);
            Verdict expected = taught.Model.Judge(taught.Features(picture), probabilities);
            var outputs = Exported.Run(taught.Graph, [("picture", picture)]).ToDictionary(output => output.Name, output => output.Value);
            float[] answer = outputs["probabilities"].Span<float>().ToArray();
            // The backbone's features are the same bits; scores are rounded to float32 and divided by the temperature.
            for (int c = 0; c < answer.Length; c++) Assert.Equal(probabilities[c], answer[c], 1e-4);
            Assert.Equal(1, (outputs["distance"].Span<float>()[0] + 1e-3) / (expected.Distance + 1e-3), 1e-3);
        }
    }
}
