using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Small pieces that many gradients are made of.</summary>
internal static class GradientNodes
{
    extension(GradientCall call)
    {
        /// <summary>A value times a constant.</summary>
        public Value Scaled(Value value, float factor) =>
            factor == 1 ? value : call.Add(new Mul(), value, call.Graph.Parameter($"{call.Node.Name} factor", Tensor.Scalar(factor)));

        /// <summary>Zeros in the shape of a value.</summary>
        public Value ZerosLike(Value value) => call.Add(new ExpandLike(), call.Graph.Parameter($"{call.Node.Name} zero", Tensor.Scalar(0f)), value);
    }
}
