namespace LiveCam.Engine.Ops;

public static partial class OpSet
{
    private static Family Elementwise => new()
    {
        ["Add"] = _ => new Add(),
        ["Clip"] = Clip.FromOnnx,
        ["Div"] = _ => new Div(),
        ["Dropout"] = Dropout.FromOnnx,
        ["Exp"] = _ => new Exp(),
        ["HardSigmoid"] = HardSigmoid.FromOnnx,
        ["HardSwish"] = _ => new HardSwish(),
        ["LeakyRelu"] = LeakyRelu.FromOnnx,
        ["Mul"] = _ => new Mul(),
        ["Relu"] = _ => new Relu(),
        ["Sigmoid"] = _ => new Sigmoid(),
        ["Sub"] = _ => new Sub(),
        ["Sum"] = _ => new Sum(),
        ["Tanh"] = _ => new Tanh(),
    };
}
