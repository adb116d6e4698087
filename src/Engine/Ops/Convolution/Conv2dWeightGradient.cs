using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The gradient of a convolution with respect to its weights: from the gradient of its output (N,K,...), its input and its weights, of
/// which only the shape is read. dL/dW = delta * x: the gradient slides over the input (Klambauer, Deep Learning and Neural
/// Networks I, unit 6, "Derivative w.r.t. weights"), summed over the batch.
/// </summary>
internal sealed partial record Conv2dWeightGradient(Window Window, int Groups = 1) : Conv2dGradient(Window, Groups)
{
    private protected override (int X, int Weights) Places => (1, 2);
    public override bool GivesFeatureMaps => false;

    public override bool ReadsShapeOnly(int input) => input == 2;

    public override void Infer(InferCall call)
    {
        Extents(call);
        call.Output(0, ElementType.Float32, call.Shape(2));
    }
}
