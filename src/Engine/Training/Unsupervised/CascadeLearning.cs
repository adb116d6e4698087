using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training.Unsupervised;

/// <summary>
/// How a neocognitron learns without being told anything (Fukushima 1980, section 3): where several planes answer to the same place the strongest cell is a candidate; each plane's strongest candidate takes the
/// window it sees for its feature, and with it all cells of its plane. For weights a of that window and the strength b of the inhibition, delta a = q c u and delta b = q v / 2.
/// </summary>
public sealed class CascadeLearning : IDisposable
{
    /// <summary>Cells at most so far apart see about the same place.</summary>
    private const int Neighbourhood = 2;

    private readonly Graph graph;
    private readonly IReadOnlyList<CascadeStage> stages;
    private readonly Plan plan;

    /// <param name="shape">Of one picture: 1, C, H, W.</param>
    /// <exception cref="LiveCamException">The graph cannot be run there.</exception>
    public CascadeLearning(Graph graph, IReadOnlyList<CascadeStage> stages, Device device, Shape shape)
    {
        (this.graph, this.stages) = (graph, stages);
        plan = Compiler.Compile(graph, device, new()
        {
            InputShapes = new Dictionary<string, Shape> { [graph.Inputs[0].Name] = shape },
            Keep = [.. stages.SelectMany(stage => new[] { stage.Input, stage.Simple, stage.Inhibition }).Where(name => name != graph.Inputs[0].Name)],
        });
    }

    /// <summary>Shows one picture and lets every stage learn from it.</summary>
    public void Show(Tensor picture)
    {
        plan.Write(graph.Inputs[0].Name, picture);
        plan.Run();
        (CascadeStage, Tensor, Tensor, Tensor)[] seen = [.. stages.Select(stage => (stage, stage.Input == graph.Inputs[0].Name ? picture : plan.Read(stage.Input), plan.Read(stage.Simple), plan.Read(stage.Inhibition)))];
        ParameterUpdates.Together(() =>
        {
            foreach ((CascadeStage stage, Tensor input, Tensor simple, Tensor inhibition) in seen)
                foreach ((int plane, int row, int column) in Representatives(simple))
                    Reinforce(stage, input, inhibition, plane, row, column);
        });
    }

    public void Dispose() => plan.Dispose();

    /// <summary>For each plane that has one, its strongest cell among those that no near cell of another plane exceeds.</summary>
    private static IEnumerable<(int Plane, int Row, int Column)> Representatives(Tensor simple)
    {
        (int planes, int height, int width) = (simple.Shape[1], simple.Shape[2], simple.Shape[3]);
        float[] cells = simple.Span<float>().ToArray();
        for (int plane = 0; plane < planes; plane++)
        {
            (float best, int row, int column) = (0, -1, -1);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    if (At(plane, y, x) > best && IsStrongest(plane, y, x)) (best, row, column) = (At(plane, y, x), y, x);
            if (row >= 0) yield return (plane, row, column);
        }

        float At(int plane, int y, int x) => cells[(plane * height + y) * width + x];

        bool IsStrongest(int plane, int y, int x)
        {
            float own = At(plane, y, x);
            for (int other = 0; other < planes; other++)
                for (int v = Math.Max(0, y - Neighbourhood); v <= Math.Min(height - 1, y + Neighbourhood); v++)
                    for (int h = Math.Max(0, x - Neighbourhood); h <= Math.Min(width - 1, x + Neighbourhood); h++)
                        if (At(other, v, h) > own) return false;
            return true;
        }
    }

    private void Reinforce(CascadeStage stage, Tensor input, Tensor inhibition, int plane, int row, int column)
    {
        (Parameter excitation, Parameter strength, Tensor weights) = (Named(stage.Excitation), Named(stage.Strength), Named(stage.Fixed).Value);
        (int from, int height, int width, int kernel) = (input.Shape[1], input.Shape[2], input.Shape[3], weights.Shape[3]);
        Tensor a = Tensor.Of<float>(excitation.Shape, excitation.Value.Span<float>()), b = Tensor.Of<float>(strength.Shape, strength.Value.Span<float>());
        for (int channel = 0; channel < from; channel++)
            for (int r = 0; r < kernel; r++)
                for (int s = 0; s < kernel; s++)
                {
                    (int y, int x) = (row + r - kernel / 2, column + s - kernel / 2);
                    if (y < 0 || y >= height || x < 0 || x >= width) continue;
                    int tap = (channel * kernel + r) * kernel + s;
                    a.Span<float>()[plane * from * kernel * kernel + tap] += stage.Rate * weights.Span<float>()[tap] * input.Span<float>()[(channel * height + y) * width + x];
                }
        b.Span<float>()[plane] += stage.Rate / 2 * inhibition.Span<float>()[row * inhibition.Shape[3] + column];
        excitation.Assign(a);
        strength.Assign(b);
    }

    private Parameter Named(string name) => graph.TryFind(name, out Value value) ? graph.Parameters[value] : throw new LiveCamException($"Teaching a cascade: its graph has no parameter \"{name}\".");
}
