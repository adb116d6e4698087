using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>What mutations of contracts found.</summary>
public sealed class ContractFaultTests
{
    [Theory]
    [InlineData("{\"order\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"mean\":[\"\\udc00\"]}")]
    [InlineData("{\"order\":\"bgr,\",\"width\":\"3\\ud800\\ud8002\"}")]
    [InlineData("{\"width\":224,\"chan\\ud800nels\":3}")]
    public void Half_a_character_is_refused_with_a_sentence(string text) =>
        Assert.Contains("is no text", Assert.Throws<LiveCamException>(() => PreprocessingJson.Parse(text, Preprocessing.ImageNet, "x.json")).Message);
}
