using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>Self-test vectors come back as they were written, and nothing else does.</summary>
public sealed class SelfTestTests
{
    [Fact]
    public void Vectors_are_read_back_bit_by_bit()
    {
        SelfTestVector vector = new([1, 2, 255], Tensor.Of<float>([1, 1, 1, 2], 0.1f, -0f),
            [("logits", Tensor.Of<float>([1, 3], float.NaN, float.MaxValue, 1e-45f)), ("a \"name\"", Tensor.Of<float>([], 3))]);
        SelfTestVector read = Assert.Single(SelfTest.Parse(SelfTest.Write([vector]), "here"));
        Assert.Equal(vector.Picture, read.Picture);
        Assert.Equal(vector.Input.Shape, read.Input.Shape);
        Assert.True(vector.Input.Bytes.Span.SequenceEqual(read.Input.Bytes.Span));
        Assert.Equal(["logits 1x3", "a \"name\" scalar"], read.Outputs.Select(output => $"{output.Name} {output.Value.Shape}"));
        Assert.All(vector.Outputs.Zip(read.Outputs), pair => Assert.True(pair.First.Value.Bytes.Span.SequenceEqual(pair.Second.Value.Bytes.Span)));
    }

    /// <summary>The form other programs rely on.</summary>
    [Fact]
    public void The_form_is_plain_JSON() => Assert.Equal(
        """[{"picture":"AQ==","input":{"shape":[1,2],"float32":"AACAPwAAAEA="},"outputs":{"y":{"shape":[1],"float32":"AABAQA=="}}}]""",
        SelfTest.Write([new([1], Tensor.Of<float>([1, 2], 1, 2), [("y", Tensor.Of<float>([1], 3))])]));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[3]")]
    [InlineData("[{}]")]
    [InlineData("""[{"picture":"*","input":{"shape":[1],"float32":"AAAAAA=="},"outputs":{}}]""")]
    [InlineData("""[{"picture":"","input":{"shape":[2],"float32":"AAAAAA=="},"outputs":{}}]""")]
    [InlineData("""[{"picture":"","input":{"shape":[-1],"float32":"AAAAAA=="},"outputs":{}}]""")]
    [InlineData("""[{"picture":"","input":{"shape":[1000000000,1000000000],"float32":"AAAAAA=="},"outputs":{}}]""")]
    [InlineData("""[{"picture":"","input":{"shape":"1","float32":"AAAAAA=="},"outputs":{}}]""")]
    [InlineData("""[{"picture":"","input":{"shape":[1],"float32":"AAAAAA=="},"outputs":[]}]""")]
    public void Damaged_text_is_refused_with_its_place(string text)
    {
        string complaint = Assert.Throws<LiveCamException>(() => SelfTest.Parse(text, "model.onnx")).Message;
        Assert.StartsWith("Cannot read the self-test in model.onnx: ", complaint);
        Assert.EndsWith(".", complaint);
    }

    [Fact]
    public void Labels_are_read_back_or_refused()
    {
        string[] labels = ["cat", "Straßenbahn, gelb", "n01440764 tench"];
        Assert.Equal(labels, Labels.Parse(Labels.Write(labels), "here").Names);
        foreach (string[] odd in (string[][])[["n01440764 tench"], ["[cat", "dog"], ["0 cat", "1 dog"], ["cat,0", "dog,1"], ["names: [x]", "y"]])
            Assert.Equal(odd, Labels.Parse(Labels.Write(odd), "here").Names);
        foreach (string[] wrong in (string[][])[[" cat", "dog"], ["cat\ndog"], ["cat", ""], []])
            Assert.Throws<LiveCamException>(() => Labels.Write(wrong));
    }
}
