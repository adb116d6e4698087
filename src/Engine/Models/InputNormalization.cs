using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>Whether a network normalizes the pictures itself: sums and products with constants before anything else (Keras' Rescaling, exporters that put mean and deviation into the graph).</summary>
internal static class InputNormalization
{
    /// <summary>A network's numbers are rarely larger where its layers begin.</summary>
    private const double Usual = 20;

    /// <returns>
    /// The preset that leaves the rest to the network: <c>bytes</c> where only pixels of 0 to 255 come out in a usual range, <c>unit</c> where those of 0 to 1
    /// do; null where the network begins with something else.
    /// </returns>
    public static string? PresetOf(Graph graph, Value input)
    {
        // What the largest channel's numbers are multiplied by, and what is added.
        double factor = 1, shift = 0;
        bool isAffine = false;
        Value at = input;
        while (Readers(graph, at) is [var node] && node.Outputs[0].Exists)
        {
            if (node.Op is Add or Sub or Mul or Div)
            {
                int other = node.Inputs[0] == at ? 1 : 0;
                if (!graph.Parameters.TryGetValue(node.Inputs[other], out Parameter? constant) || constant.Type != ElementType.Float32 || constant.Shape.ElementCount is 0 or > 4096
                    || node.Op is Sub or Div && other == 0) break;
                double value = Largest(constant.Value.Span<float>());
                if (node.Op is Mul or Div && value == 0) break;
                (factor, shift) = node.Op switch
                {
                    Add => (factor, shift + value),
                    Sub => (factor, shift - value),
                    Mul => (factor * value, shift * value),
                    _ => (factor / value, shift / value),
                };
                isAffine = true;
            }
            else if (node.Op is not (Identity or Transpose or Squeeze or Unsqueeze))
            {
                break;
            }
            at = node.Outputs[0];
        }
        return !isAffine ? null : Math.Abs(factor * 255 + shift) <= Usual && Math.Abs(factor) < 0.1 || Math.Abs(shift) > Usual ? "bytes" : Math.Abs(factor) is >= 0.5 and <= Usual ? "unit" : null;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values)
            if (Math.Abs(value) > Math.Abs(largest)) largest = value;
        return largest;
    }

    private static List<Node> Readers(Graph graph, Value value) => [.. graph.Nodes.Where(node => node.Inputs.Contains(value))];
}
