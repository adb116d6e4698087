using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>How far a convolution's kernel goes over the border: not at all; by half of it, so that extents stay (the odd place at the end, or at the beginning); as long as one place is inside.</summary>
internal enum Border { Valid, SameUpper, SameLower, Full }

/// <summary>What stands beyond the border: zeros, the edge, the picture mirrored at its edge places, the picture again, a constant, or each channel's mean.</summary>
internal enum Surround { Zero, Edge, Reflect, Wrap, Constant, Mean }

/// <summary>Convolutions in the forms the lectures teach, in ordinary nodes: the gradient, both devices and ONNX come with those.</summary>
/// <remarks>Klambauer, Deep Learning and Neural Networks I, the units on convolutional networks: border modes, padding, convolution and cross-correlation.</remarks>
internal static class ConvolutionLayers
{
    extension(Graph graph)
    {
        /// <summary>
        /// The convolution of x (N,C and one to three spatial axes) with weights (K,C/groups,kernel). As in every framework the kernel is laid
        /// over the picture as it is, which is a cross-correlation; <paramref name="isFlipped"/> mirrors it first, as the mathematical convolution does.
        /// </summary>
        /// <param name="bias">K numbers, or <see cref="Value.None"/>.</param>
        /// <param name="constant">What <see cref="Surround.Constant"/> puts beyond the border.</param>
        public Value Convolve(string name, Value x, Parameter weights, Value bias, Border border = Border.Valid, Surround surround = Surround.Zero,
            bool isFlipped = false, int stride = 1, int dilation = 1, int groups = 1, float constant = 0)
        {
            Ints kernel = Ints.Create(weights.Shape.Span[2..]);
            Ints pads = Pads(kernel, border, dilation);
            Value w = isFlipped ? graph.Mirrored($"{name} mirrored", graph.Parameter(weights), kernel.Count) : graph.Parameter(weights);
            bool inside = surround == Surround.Zero || pads.All(pad => pad == 0);
            Value padded = inside ? x : graph.Surrounded(name, x, pads, surround, constant);
            var window = new Window(kernel, Ints.Repeat(stride, kernel.Count), inside ? pads : Ints.Repeat(0, 2 * kernel.Count), Ints.Repeat(dilation, kernel.Count));
            return bias.Exists ? graph.Add(new Conv2d(window, groups), name, 1, padded, w, bias)[0] : graph.Add(new Conv2d(window, groups), name, 1, padded, w)[0];
        }

        /// <summary>Weights with their kernel turned round along every spatial axis.</summary>
        private Value Mirrored(string name, Value weights, int axes)
        {
            Value List(string what, Func<int, long> item) => graph.Parameter($"{name} {what}", Tensor.Of<long>([axes], [.. Enumerable.Range(0, axes).Select(item)]));
            return graph.Add(new Slice(), name, 1, weights, List("starts", _ => -1), List("ends", _ => long.MinValue), List("axes", axis => axis + 2), List("steps", _ => -1))[0];
        }

        private Value Surrounded(string name, Value x, Ints pads, Surround surround, float constant)
        {
            int axes = pads.Count / 2;
            long[] all = [0, 0, .. pads.Take(axes).Select(pad => (long)pad), 0, 0, .. pads.Skip(axes).Select(pad => (long)pad)];
            Value list = graph.Parameter($"{name} pads", Tensor.Of<long>([all.Length], all));
            Value Padded(PadMode mode, Value of) => graph.Add(new Pad(mode), $"{name} padded", 1, of, list)[0];
            switch (surround)
            {
                case Surround.Edge: return Padded(PadMode.Edge, x);
                case Surround.Reflect: return Padded(PadMode.Reflect, x);
                case Surround.Wrap: return Padded(PadMode.Wrap, x);
                case Surround.Constant: return graph.Add(new Pad(), $"{name} padded", 1, x, list, graph.Parameter($"{name} constant", Tensor.Scalar(constant)))[0];
                default:
                    // Around what is left without the mean, zeros are the mean.
                    Value mean = graph.Add(new GlobalAveragePool(), $"{name} mean", 1, x)[0];
                    Value rest = Padded(PadMode.Constant, graph.Add(new Sub(), $"{name} without mean", 1, x, mean)[0]);
                    return graph.Add(new Add(), $"{name} with mean", 1, rest, mean)[0];
            }
        }
    }

    /// <summary>Places before and behind each spatial axis.</summary>
    private static Ints Pads(Ints kernel, Border border, int dilation)
    {
        int[] reach = [.. kernel.Select(extent => dilation * (extent - 1))];
        return border switch
        {
            Border.Valid => Ints.Repeat(0, 2 * reach.Length),
            Border.Full => [.. reach, .. reach],
            Border.SameUpper => [.. reach.Select(r => r / 2), .. reach.Select(r => r - r / 2)],
            _ => [.. reach.Select(r => r - r / 2), .. reach.Select(r => r / 2)],
        };
    }
}
