using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

internal abstract partial record Standardization
{
    /// <summary>The axes of a matrix whose rows are groups.</summary>
    private protected static readonly long[] AlongRows = [1];

    /// <summary>
    /// The reverse of (x - mean) / sqrt(variance + epsilon) scale + shift, or of the same without the mean: with y' the standardized x, g = dy
    /// scale and means over a group, dx = (g - mean g - y' mean (g y')) / deviation (Ba, Kiros and Hinton 2016).
    /// </summary>
    /// <param name="epsilon">Added to what was measured.</param>
    /// <param name="groups">Brings a value of x's shape into a form whose <paramref name="axes"/> are a group.</param>
    /// <param name="scaled">Brings a value of x's shape into one that scale and shift, in <paramref name="columns"/>, are repeated to.</param>
    private protected void Differentiate(GradientCall call, float epsilon, Func<Value, Value> groups, long[] axes, Func<Value, Value> scaled, Func<Value, Value> columns)
    {
        Value over = call.Longs(axes), dy = scaled(call.OutputGradient());
        Value Mean(Value value) => call.Add(new ReduceMean(), value, over);
        Value x = groups(call.Input(0));
        if (Centers)
            x = call.Minus(x, Mean(x));
        Value inverse = call.Add(new Reciprocal(), call.Add(new Sqrt(), call.Shifted(Mean(call.Times(x, x)), epsilon)));
        Value standard = call.Times(x, inverse);
        if (call.Wants(0))
        {
            Value back = call.Has(1) ? call.Times(dy, columns(call.Input(1))) : dy;
            back = groups(call.Add(new ReshapeLike(), back, call.Input(0)));
            Value along = call.Times(standard, Mean(call.Times(back, standard)));
            Value rest = call.Minus(Centers ? call.Minus(back, Mean(back)) : back, along);
            call[0] = call.Add(new ReshapeLike(), call.Times(rest, inverse), call.Input(0));
        }
        if (call.Wants(1))
        {
            Value product = call.Times(dy, scaled(call.Add(new ReshapeLike(), standard, call.Input(0))));
            call[1] = call.Add(new ReshapeLike(), call.Add(new SumTo(), product, columns(call.Input(1))), call.Input(1));
        }
        if (call.Wants(2))
            call[2] = call.Add(new ReshapeLike(), call.Add(new SumTo(), dy, columns(call.Input(2))), call.Input(2));
    }
}
