using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>Poolings beside those that are operators, in ordinary nodes.</summary>
internal static class PoolingLayers
{
    extension(Graph graph)
    {
        /// <summary>The sum of each window; padding adds nothing.</summary>
        public Value SumPool(string name, Value x, Window window)
        {
            Value mean = graph.Add(new AveragePool(window, CountIncludePad: true), $"{name} mean", 1, x)[0];
            float taps = window.Kernel.Aggregate(1f, (product, extent) => product * extent);
            return graph.Add(new Mul(), name, 1, mean, graph.Parameter($"{name} elements", Tensor.Scalar(taps)))[0];
        }

        /// <summary>The sum of each window with a weight for every place in it, the same for all channels.</summary>
        /// <param name="weights">In the kernel's order, the slowest axis first.</param>
        /// <param name="channels">Of x.</param>
        public Value WeightedPool(string name, Value x, Window window, ReadOnlySpan<float> weights, int channels)
        {
            var all = new float[channels * weights.Length];
            for (int c = 0; c < channels; c++)
                weights.CopyTo(all.AsSpan(c * weights.Length));
            Value kernel = graph.Parameter($"{name} weights", Tensor.Of<float>(Shape.Create([channels, 1, .. window.Kernel]), all));
            return graph.Add(new Conv2d(window, channels), name, 1, x, kernel)[0];
        }

        /// <summary>
        /// The mean of every channel over all positions, weighted by the softmax of a score per position: N,C from x (N,C,...) and scores
        /// (N,1,...) (Ilse, Tomczak, Welling, "Attention-based Deep Multiple Instance Learning", 2018, equation 7).
        /// </summary>
        public Value AttentionPool(string name, Value x, Value scores)
        {
            Value Shaped(string what, Value of, params ReadOnlySpan<long> shape) =>
                graph.Add(new Reshape(), $"{name} {what}", 1, of, graph.Parameter($"{name} {what} shape", Tensor.Of<long>([shape.Length], shape)))[0];
            Value weights = graph.Add(new Softmax(1), $"{name} weights", 1, Shaped("scores", scores, 0, -1, 1))[0];
            Value sum = graph.Add(new MatMul(), $"{name} sum", 1, Shaped("positions", x, 0, 0, -1), weights)[0];
            return Shaped("pooled", sum, 0, -1);
        }
    }
}
