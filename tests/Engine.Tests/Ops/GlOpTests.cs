using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tests.Devices.Gl;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// Every line of <see cref="OpCases"/> on the OpenGL device: every shader variant that fits, not just the chosen one, against the
/// double-precision reference (which the CPU device is held to with the same tolerance).
/// </summary>
/// <remarks>
/// Compiling a shader takes a software renderer 50 to 200 ms: without LIVECAM_TEST_ALL a line is checked in one arrangement
/// and, beside the variant a plan would choose, with one more; its name picks both.
/// </remarks>
[Collection(GlCollection.Name)]
public sealed class GlOpTests(GlFixture gl)
{
    private static bool All => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1";

    public static TheoryData<string> Cases => [.. OpCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_shader_variant_equals_the_reference(string name)
    {
        OpCase line = OpCases.All[name];
        Arrangement[] all = [.. Arrangement.For(line)];
        var problems = new List<string>();
        foreach (Arrangement how in All ? all : [all[line.Name.Sum(letter => letter) % all.Length]])
        {
            int variants = 1, pick = line.Name.Sum(letter => letter);
            for (int variant = 0; variant < variants; variant++)
            {
                if (!All && variant > 0 && variant != 1 + pick % (variants - 1))
                    continue;
                string label = "host";
                ShaderCall Choose(Node node, IReadOnlyList<ShaderCall> candidates)
                {
                    if (node.Name != "node")
                        return candidates[0];
                    variants = candidates.Count;
                    label = candidates[variant].Variant;
                    return candidates[variant];
                }
                if (OpTests.Caught(() => OpRunner.Problem(line, gl.Device, how, choose: Choose)) is { } problem)
                    problems.Add($"{label}, {how}: {problem}");
            }
        }
        Assert.True(problems.Count == 0, $"{line}\n{string.Join('\n', problems)}");
    }
}
