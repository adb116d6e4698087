using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

internal sealed partial record Conv2d
{
    public override void Gradient(GradientCall call)
    {
        if (HasEpilogue)
        {
            call.None();
            return;
        }
        Value dy = call.OutputGradient();
        if (call.Wants(0))
            call[0] = call.Add(new Conv2dInputGradient(Window, Groups), dy, call.Input(1), call.Input(0));
        if (call.Wants(1))
            call[1] = call.Add(new Conv2dWeightGradient(Window, Groups), dy, call.Input(0), call.Input(1));
        if (call.Wants(2))
            call[2] = call.Add(new Conv2dBiasGradient(), dy);
    }
}
