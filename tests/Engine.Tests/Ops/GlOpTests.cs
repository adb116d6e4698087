using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tests.Devices.Gl;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// Every line of <see cref="OpCases"/> on the OpenGL device: with LIVECAM_TEST_ALL every shader variant that fits in every arrangement, against the
/// double-precision reference (which the CPU device is held to with the same tolerance).
/// </summary>
/// <remarks>
/// Compiling a shader takes a software renderer 50 to 200 ms: without LIVECAM_TEST_ALL a line is checked in one arrangement
/// with one variant, which its name picks.
/// </remarks>
[Collection(GlCollection.Name)]
public sealed class GlOpTests(GlFixture gl)
{
    private static bool All => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1";

    public static TheoryData<string> Cases => [.. OpCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shader_variants_equal_the_reference(string name)
    {
        OpCase line = OpCases.All[name];
        Arrangement[] all = [.. Arrangement.For(line)];
        int pick = name.Sum(letter => letter);
        var problems = new List<string>();
        foreach (Arrangement how in All ? all : [all[pick % all.Length]])
        {
            int variants = 1;
            for (int variant = 0; variant < variants; variant++)
            {
                string label = "host";
                ShaderCall Choose(Node node, IReadOnlyList<ShaderCall> candidates)
                {
                    if (node.Name != "node")
                        return candidates[0];
                    variants = All ? candidates.Count : 1;
                    ShaderCall chosen = candidates[All ? variant : pick % candidates.Count];
                    label = chosen.Variant;
                    return chosen;
                }
                if (OpTests.Caught(() => OpRunner.Problem(line, gl.Device, how, choose: Choose)) is { } problem)
                    problems.Add($"{label}, {how}: {problem}");
            }
        }
        Assert.True(problems.Count == 0, $"{line}\n{string.Join('\n', problems)}");
    }
}
