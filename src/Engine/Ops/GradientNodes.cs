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
    }
}
