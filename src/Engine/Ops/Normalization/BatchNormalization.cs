using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// y = scale (x - mean) / sqrt(variance + epsilon) + shift, channel by channel (Ioffe and Szegedy 2015). Inputs: x, scale, shift,
/// mean, variance. In training form mean and variance are the batch's own, and outputs 1 and 2 are the running averages,
/// <paramref name="Momentum"/> of the old plus the rest of the batch's.
/// </summary>
internal sealed partial record BatchNormalization(float Epsilon = 1e-5f, float Momentum = 0.9f, bool Training = false) : Op
{
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Int("spatial", 1) == 0)
            throw node.Error("it normalizes every position on its own (spatial = 0), but only channels are supported");
        if (node.OpSet < 7 && node.Int("is_test", 0) == 0 && node.OutputCount < 2)
            throw node.Error("it is in training form (is_test = 0), which operator set 6 leaves open");
        // Before operator set 14 the further outputs say that it is in training form.
        bool trains = node.OpSet < 14 ? node.OutputCount > 1 : node.Int("training_mode", 0) != 0;
        return new BatchNormalization(node.Float("epsilon", 1e-5f), node.Float("momentum", 0.9f), trains);
    }

    public override void ToOnnx(OnnxCall call) =>
        call.Write(Name).Set("epsilon", Epsilon).Set("momentum", Momentum).Set("training_mode", Training);

    public override void Infer(InferCall call)
    {
        call.Arity(5, 5);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank < 2)
            throw call.Error($"its input is {call.Type(0)} {x}, but Float32 with N and C is expected");
        for (int i = 1; i < 5; i++)
            if (call.Shape(i).Rank != 1 || call.Shape(i)[0] != x[1] || call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)} {call.Shape(i)}, but there are {x[1]} channels");
        call.OutputLike(0, 0);
        for (int i = 1; i < call.OutputCount && call.Wants(i); i++)
        {
            if (!Training || i > 2)
                throw call.Error($"its output {i} is asked for, which inference does not compute");
            call.OutputLike(i, 3);
        }
    }

    /// <remarks>Running averages are no part of what is differentiated.</remarks>
    public override void Gradient(GradientCall call)
    {
        if (!Training && (call.Wants(3) || call.Wants(4)) || !call.OutputGradient().Exists)
        {
            call.None();
            return;
        }
        string name = $"{call.Node.Name} gradient {call.Graph.Nodes.Count}";
        string?[] names = [.. Enumerable.Range(0, 3).Select(i => call.Wants(i) ? $"{name}:{i}" : null)];
        Value[] inputs = [call.Input(0), call.Input(1), call.OutputGradient(), .. Training ? [] : new[] { call.Input(3), call.Input(4) }];
        Value[] results = call.Graph.Add(new BatchNormalizationGradient(Epsilon, Training), name, names, inputs);
        for (int i = 0; i < 3; i++)
            call[i] = results[i];
    }

    public override void Alias(AliasCall call)
    {
        if (!Training)
            call.InPlace(0, 0);
    }

    public override Cost Cost(InferCall call) => new(2L * call.OutputShape(0).ElementCount);
}
