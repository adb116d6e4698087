using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Small pieces that many gradients are made of.</summary>
internal static class GradientNodes
{
    extension(GradientCall call)
    {
        /// <summary>A number as a value.</summary>
        public Value Number(float number) => call.Graph.Parameter($"{call.Node.Name} {number} {call.Graph.Nodes.Count}", Tensor.Scalar(number));

        /// <summary>A list as a value: axes, a shape.</summary>
        public Value Longs(params ReadOnlySpan<long> items) => call.Graph.Parameter($"{call.Node.Name} list {call.Graph.Nodes.Count}", Tensor.Of([items.Length], items));

        /// <summary>A value times a constant.</summary>
        public Value Scaled(Value value, float factor) => factor == 1 ? value : call.Add(new Mul(), value, call.Number(factor));

        /// <summary>A value plus a constant.</summary>
        public Value Shifted(Value value, float addend) => call.Add(new Add(), value, call.Number(addend));

        public Value Times(Value a, Value b) => call.Add(new Mul(), a, b);
        public Value Plus(Value a, Value b) => call.Add(new Add(), a, b);
        public Value Minus(Value a, Value b) => call.Add(new Sub(), a, b);

        /// <summary>What comes back where x is positive, else 0.</summary>
        public Value WherePositive(Value x, Value back) => call.Add(new LeakyReluGradient(), x, back);

        /// <summary>What a rectifier passes back by the rule of the walk.</summary>
        /// <param name="plain">Makes its gradient of what comes back to its output.</param>
        public Value Rectified(Func<Value, Value> plain) => call.Rule switch
        {
            GradientRule.Guided => plain(call.Add(new Relu(), call.OutputGradient())),
            GradientRule.Deconvnet => call.Add(new Relu(), call.OutputGradient()),
            _ => plain(call.OutputGradient()),
        };

        /// <summary>Gives what comes back to those inputs that are the output, element by element: of a largest or smallest.</summary>
        public void ToChosen()
        {
            for (int i = 0; i < call.Node.Inputs.Length; i++)
                if (call.Wants(i))
                    call[i] = call.Add(new SumTo(), call.Add(new Where(), call.Add(new Equal(), call.Input(i), call.Output(0)), call.OutputGradient(), call.Number(0)), call.Input(i));
        }

        /// <summary>Zeros in the shape of a value.</summary>
        public Value ZerosLike(Value value) => call.Add(new ExpandLike(), call.Number(0), value);
    }
}
