using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>A sliding window represents the string kernel of the lectures: the sum over all pairs of substrings of k(s, s'), 1 for equal ones.</summary>
public sealed class SequenceNetworkTests
{
    private const int Word = 3;

    /// <summary>The lectures' two sequences, and longer ones.</summary>
    [Theory]
    [InlineData("ATCAGACAATA", "CGTACAA")]
    [InlineData("ACGTACGTACGTACGTACGT", "TTTTACGTTTTTACGA")]
    [InlineData("AAAAAAAAAA", "AAAAAAA")]
    [InlineData("ACG", "ACG")]
    public void The_product_of_features_is_the_string_kernel(string first, string second)
    {
        double expected = 0;
        for (int i = 0; i + Word <= first.Length; i++)
            for (int j = 0; j + Word <= second.Length; j++)
                if (first.Substring(i, Word) == second.Substring(j, Word)) expected++;
        Assert.Equal(expected, Features(first).Zip(Features(second), (a, b) => (double)a * b).Sum(), 4);
    }

    private static float[] Features(string sequence)
    {
        NetworkFamily family = SequenceNetwork.Family;
        Graph graph = family.Build(family.Usual with { Size = sequence.Length });
        var input = new Tensor(ElementType.Float32, [1, 4, sequence.Length]);
        for (int i = 0; i < sequence.Length; i++) input.Span<float>()["ACGT".IndexOf(sequence[i]) * sequence.Length + i] = 1;
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device, new() { Keep = [SequenceNetwork.Features] });
        plan.Write(SequenceNetwork.Input, input);
        plan.Run();
        return plan.Read(SequenceNetwork.Features).Span<float>().ToArray();
    }
}
