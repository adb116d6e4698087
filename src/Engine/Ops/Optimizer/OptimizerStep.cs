using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// One step of an optimizer for one parameter, all in one pass. Inputs: w, gradient, learning rate and gradient factor (one number
/// each), then the states. Outputs: the next w, then the next states.
/// </summary>
/// <param name="Decay">Weight decay.</param>
internal abstract record OptimizerStep(float Decay) : Op
{
    /// <summary>Running states beside the weight.</summary>
    public abstract int States { get; }

    public override LayoutRule Layouts => LayoutRule.RowMajor;

    /// <summary>Inputs beside w, gradient, rate, factor and states.</summary>
    protected virtual int Further => 0;

    public override void Infer(InferCall call)
    {
        call.Arity(4 + States + Further, 4 + States + Further);
        for (int i = 0; i < call.InputCount; i++)
        {
            bool number = i is 2 or 3 || i >= 4 + States;
            if (call.Type(i) != ElementType.Float32 || (number ? call.Shape(i).ElementCount != 1 : call.Shape(i) != call.Shape(0)))
                throw call.Error($"its input {i} is {call.Type(i)} {call.Shape(i)}, but Float32 {(number ? "one number" : call.Shape(0).ToString())} is expected");
        }
        for (int i = 0; i <= States; i++)
            call.OutputLike(i, 0);
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 1);
    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount * (4L + 6 * States));

    /// <summary>w, gradient, the states; then the next w and states.</summary>
    protected Operand[] Operands(CpuCall call) =>
        [call.Input(0), call.Input(1), .. Enumerable.Range(0, States).Select(i => call.Input(4 + i)), .. Enumerable.Range(0, 1 + States).Select(call.Output)];

    /// <summary>Where they lie at the moment: parameters move between runs.</summary>
    protected unsafe StepMemory Memory(Operand[] operands) => new()
    {
        Weight = operands[0].Floats, Gradient = operands[1].Floats,
        A = States > 0 ? operands[2].Floats : null, B = States > 1 ? operands[3].Floats : null,
        NewWeight = operands[2 + States].Floats,
        NewA = States > 0 ? operands[3 + States].Floats : null, NewB = States > 1 ? operands[4 + States].Floats : null,
    };

    /// <summary>The shader with what every optimizer binds.</summary>
    protected ShaderCall Shader(GlCall call, string file, params ReadOnlySpan<(string Name, string Value)> defines)
    {
        var shader = new ShaderBuilder(file, "element a thread");
        string[] inputs = ["W", "G", "RATE", "FACTOR", .. new[] { "A", "B" }.Take(States), .. new[] { "STEP" }.Take(Further)];
        foreach ((int i, string name) in inputs.Index())
            shader.Bind(new Binding.Input(i), $"{name}_BLOCK").Define(($"{name}_OFFSET", call.Input(i).Offset));
        foreach ((int i, string name) in new[] { "NEXT_W", "NEXT_A", "NEXT_B" }.Take(1 + States).Index())
            shader.Bind(new Binding.Output(i), $"{name}_BLOCK").Define(($"{name}_OFFSET", call.Output(i).Offset));
        foreach ((string name, string value) in defines)
            shader.Define(name, value);
        int count = call.Input(0).Format.Shape.ElementCount;
        return count == 0 ? Movement.Nothing : shader.Define(("COUNT", count)).OverThreads(count, 64);
    }
}
