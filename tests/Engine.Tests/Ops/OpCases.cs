using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;
using static LiveCam.Engine.Tests.Ops.Input;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// The one table of operator cases: an operation and the shapes of its inputs. What is checked of each line is said in
/// <see cref="OpTests"/>. Shapes are awkward on purpose: primes, 1, one past a tile's edge, channels that fill no vector.
/// </summary>
internal static partial class OpCases
{
    private static readonly Lazy<IReadOnlyDictionary<string, OpCase>> Table = new(() =>
        new OpCase[][] { Elementwise, Functions, Questions, Pools, Normalizations, Reductions, Matrices, Quantized, Movements, Indexing, Resizings, Sampling, RulePools, Convolutions, ConvolutionGradients, PoolGradients, Training }.SelectMany(lines => lines)
            .GroupBy(line => line.Op.GetType().Name)
            .SelectMany(group => group.Select((line, i) => line with
            {
                Name = $"{group.Key} {i + 1:00} of {string.Join(' ', line.Inputs.AsEnumerable())}{(line.Note == "" ? "" : $", {line.Note}")}",
            }))
            .ToDictionary(line => line.Name));

    public static IReadOnlyDictionary<string, OpCase> All => Table.Value;
}
