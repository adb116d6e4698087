using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training;

/// <summary>One training step as a graph: forward, loss, gradients, norms, optimizer, averages; what it assigns is the step's whole effect.</summary>
internal sealed class TrainingGraph
{
    public const string Target = "training target", Rate = "training rate", Share = "training share of averages", Step = "training step", Loss = "training loss", Norm = "training norm", Prediction = "prediction";

    private readonly List<Parameter> trained = [];
    private readonly Dictionary<Parameter, Parameter> averages = [];

    public Graph Graph { get; }
    public IReadOnlyList<Parameter> Trained => trained;

    /// <summary>The moving average of each trained parameter and of the running statistics of normalizations; empty where none is kept.</summary>
    public IReadOnlyDictionary<Parameter, Parameter> Averages => averages;

    /// <summary>Everything a step changes, in a fixed order.</summary>
    public IReadOnlyList<Parameter> State { get; }

    /// <summary>The output that carries the squared norm of one parameter's gradient.</summary>
    public static string NormOf(Parameter parameter) => $"{parameter.Name} squared gradient norm";

    public TrainingGraph(Graph model, TrainingOptions options)
    {
        Value output = OutputOf(model, options);
        Value step = Value.None;
        Value StepOf(Graph graph) => step.Exists ? step : step = graph.Input(Step, Shape.Scalar);
        (Graph, Func<Value, Value> map) = TrainingForm.Of(model, output, options.Frozen, StepOf, options.Seed, options.DropPath);
        StepOf(Graph);
        output = map(output);
        Value target = Graph.Input(Target, ElementType.Float32, Extents(model, OutputOf(model, options)));
        Value loss = options.Loss.Build(Graph, output, target);
        Value share = options.Auxiliary.Count > 0 ? Graph.Parameter("auxiliary share", Tensor.Scalar(options.AuxiliaryShare)) : Value.None;
        foreach (string name in options.Auxiliary)
            loss = Graph.Add(new Add(), loss, Graph.Add(new Mul(), share, options.Loss.Build(Graph, map(Named(model, name)), target)));
        Graph.Output(Loss, loss);

        Parameter[] wanted = [.. TrainingForm.Trainable(model).Where(parameter => !options.Frozen(parameter))];
        Value[] gradients = GradientWalk.Walk(Graph, loss, [.. wanted.Select(Graph.Parameter)]);
        (Parameter Parameter, Value Gradient)[] pairs = [.. wanted.Zip(gradients).Where(pair => pair.Second.Exists)];
        if (pairs.Length == 0)
            throw new LiveCamException("There is nothing to train: every parameter the loss depends on is frozen.");
        trained.AddRange(pairs.Select(pair => pair.Parameter));
        Update(pairs, loss, step, options);
        State = [.. Graph.Assignments.Select(one => one.Parameter)];
    }

    private void Update((Parameter Parameter, Value Gradient)[] pairs, Value loss, Value step, TrainingOptions options)
    {
        Value[] norms = new Value[pairs.Length];
        foreach ((int i, (Parameter parameter, Value gradient)) in pairs.Index())
            Graph.Output(NormOf(parameter), norms[i] = Graph.Add(new SumOfSquares(), gradient));
        Value all = Graph.Add(new Sum(), norms);
        Graph.Output(Norm, all);
        Value factor = Graph.Add(new ClipFactor(options.LargestNorm), all, loss);
        Graph.GuardAssignments(factor);
        Value rate = Graph.Input(Rate, Shape.Scalar);
        Value share = options.Average == 0 ? Value.None : Graph.Input(Share, Shape.Scalar), minus = Graph.Parameter("minus one", Tensor.Scalar(-1f));
        void Average(Parameter parameter, Value next)
        {
            if (options.Average == 0)
                return;
            var average = new Parameter($"{parameter.Name} average", Tensor.Of<float>(parameter.Shape, parameter.Value.Span<float>()));
            averages[parameter] = average;
            // A step of this rate down the slope (average - weight) is the running mean.
            Graph.Assign(average, Graph.Add(new SgdStep(Decay: 1), $"{average.Name} step", 1, Graph.Parameter(average), next, share, minus)[0]);
        }
        // Averaged weights are normalized by statistics of the same steps.
        foreach ((Parameter statistic, Value next) in Graph.Assignments.ToArray())
            Average(statistic, next);
        foreach ((Parameter parameter, Value gradient) in pairs)
        {
            // Decay on what multiplies: biases and scales of a normalization are left alone.
            OptimizerStep update = options.Optimizer.Step(decays: parameter.Shape.Rank >= 2);
            Parameter[] states = [.. Enumerable.Range(0, update.States).Select(i => new Parameter($"{parameter.Name} state {i}", new Tensor(ElementType.Float32, parameter.Shape)))];
            Value[] inputs = [Graph.Parameter(parameter), gradient, rate, factor, .. states.Select(Graph.Parameter), .. update is AdamStep ? new[] { step } : []];
            Value[] next = Graph.Add(update, $"{parameter.Name} step", 1 + states.Length, inputs);
            Graph.Assign(parameter, next[0]);
            foreach ((int i, Parameter state) in states.Index())
                Graph.Assign(state, next[1 + i]);
            Average(parameter, next[0]);
        }
    }

    /// <summary>The value the loss is taken of: the output of the name that is asked for, else the first.</summary>
    public static Value OutputOf(Graph model, TrainingOptions options)
    {
        if (model.Outputs.Count == 0)
            throw new LiveCamException("The network has no output a loss could be taken of.");
        if (options.Output is not { } name)
            return model.Outputs[0].Value;
        foreach ((string output, Value value) in model.Outputs)
            if (output == name)
                return value;
        return Named(model, name);
    }

    private static Value Named(Graph model, string name) => model.TryFind(name, out Value named) ? named
        : throw new LiveCamException($"The loss is to be taken of \"{name}\", but the network has no value of that name; `livecam inspect` lists all of them.");

    /// <summary>The target's extents: the output's, with the batch open.</summary>
    private static Ints Extents(Graph model, Value output)
    {
        Shape shape = Compiler.Infer(model, new())[output].Shape;
        return shape.Rank == 0 ? [] : Ints.Create([-1, .. shape.Skip(1)]);
    }
}
