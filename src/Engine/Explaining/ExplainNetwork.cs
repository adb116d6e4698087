using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Explaining;

/// <summary>A network as explanations see it: its scores before any softmax, its layers by name, the last maps that still have places.</summary>
internal sealed class ExplainNetwork
{
    private readonly Dictionary<Value, Node> producers = [];
    private readonly HashSet<Value> seen;
    private readonly Ranking? ranking;

    /// <exception cref="LiveCamException">Some of its nodes cannot be run.</exception>
    public ExplainNetwork(PictureModel model)
    {
        Model = model;
        Typed = Compiler.Infer(model.Graph, model.Compilation([]));
        seen = [model.Input.Value];
        foreach (Node node in model.Graph.Nodes)
        {
            foreach (Value result in node.Outputs.Where(value => value.Exists)) producers[result] = node;
            if (node.Inputs.Any(seen.Contains)) seen.UnionWith(node.Outputs.Where(value => value.Exists));
        }
        Value output = Scoring.OutputOf(model, model.Graph).Value;
        Scores = BeforeSoftmax(output);
        if (!model.Classifies) return;
        int scores = Typed[output].Shape.ElementCount - (model.Thresholds is null ? 0 : 1);
        ScoreKind kind = model.ScoresOf(scores);
        IsBinary = kind is ScoreKind.Binary or ScoreKind.BinaryLogit;
        Classes = IsBinary ? 2 : scores;
        ranking = new Ranking(Classes, model.Labels?.Match(Classes).Names, kind);
    }

    public PictureModel Model { get; }

    /// <summary>Shapes and types for one picture.</summary>
    public TypedGraph Typed { get; }

    /// <summary>The scores of the classes, before the softmax where the network ends in one.</summary>
    public Value Scores { get; }

    /// <summary>How many classes there are; 0 where the network ranks none.</summary>
    public int Classes { get; }

    /// <summary>Where the pixels of the network's input lie.</summary>
    public TensorStrides Strides => Model.Axes == PictureAxes.Nchw ? TensorStrides.Planar(Model.Contract.Width, Model.Contract.Height) : TensorStrides.ChannelsLast(Model.Contract.Width, Model.Contract.Channels);

    /// <summary>What a gray of the picture is in the network's input: 0 for black, 255 for white.</summary>
    internal float Gray(double pixel, int channel) => (float)(pixel * Model.Contract.Multiplier(channel) + Model.Contract.Offset(channel));

    /// <summary>Whether one score is for two classes.</summary>
    internal bool IsBinary { get; }

    /// <summary>The classes' names, or their numbers.</summary>
    public ReadOnlySpan<string> Labels => ranking is null ? default : ranking.Labels;

    /// <summary>The node that computes a value; null for inputs and parameters.</summary>
    public Node? Producer(Value value) => producers.GetValueOrDefault(value);

    /// <summary>Whether a value depends on the picture.</summary>
    public bool Sees(Value value) => seen.Contains(value);

    /// <summary>The value that holds a target.</summary>
    /// <exception cref="LiveCamException">There is no such layer, class or channel, or it does not depend on the picture.</exception>
    public Value ValueOf(ExplainTarget target)
    {
        if (target.Layer is null)
        {
            if (Classes == 0) throw new LiveCamException($"Explaining a class of {Model.Name}: it ranks none; a target LAYER:CHANNEL asks about a channel, and `livecam inspect` lists the layers.");
            CheckClass(target.Index);
            if (target.Against is { } against) CheckClass(against);
            return Scores;
        }
        Value value = Layer(target.Layer) ?? throw new LiveCamException($"Explaining \"{target.Layer}\": {Model.Name} has no such layer; `livecam inspect` lists all of them.");
        ValueInfo info = Typed[value];
        if (!Sees(value) || info.Type != ElementType.Float32 || info.Shape.Rank < 2)
            throw new LiveCamException($"Explaining \"{target.Layer}\": it is {info.Type} {info.Shape}{(Sees(value) ? "" : " and does not depend on the picture")}, but a layer with channels is needed.");
        if (target.Index < 0 || target.Index >= info.Shape[1])
            throw new LiveCamException($"Explaining \"{target.Layer}\": it has no channel {target.Index}, but {info.Shape[1]} of them, 0 to {info.Shape[1] - 1}.");
        return value;
    }

    /// <summary>What each number of the target's value counts: the target is their weighted sum.</summary>
    public Tensor WeightsOf(ExplainTarget target)
    {
        Value value = ValueOf(target);
        Shape shape = Typed[value].Shape;
        var weights = new Tensor(ElementType.Float32, shape);
        Span<float> elements = weights.Span<float>();
        if (target.Layer is null)
        {
            // One score for two classes is the second one's.
            if (IsBinary) elements[0] = (target.Index == 1 ? 1 : -1) * (target.Against is null ? 1 : 2);
            else
            {
                elements[target.Index] += 1;
                if (target.Against is { } against) elements[against] -= 1;
            }
            return weights;
        }
        int places = shape.CountOf(2, shape.Rank);
        Span<float> channel = elements.Slice(target.Index * places, places);
        if (target.Place is not { } place) channel.Fill(1f / places);
        else channel[shape.Rank == 4 && place.Row >= 0 && place.Row < shape[2] && place.Column >= 0 && place.Column < shape[3] ? place.Row * shape[3] + place.Column
            : throw new LiveCamException($"Explaining \"{target.Layer}\": it has no place ({place.Row}, {place.Column}), being {shape}.")] = 1;
        return weights;
    }

    /// <summary>How strongly the target is met: a class's probability (less the other's), or the channel's mean or the unit itself.</summary>
    /// <param name="values">What the network computed for the target's value.</param>
    public double Strength(ExplainTarget target, Tensor values)
    {
        ReadOnlySpan<float> numbers = values.Span<float>();
        if (target.Layer is null)
        {
            Span<Guess> best = [default];
            ranking!.Rank(numbers[..(IsBinary ? 1 : Classes)], best);
            return ranking.Probabilities[target.Index] - (target.Against is { } against ? ranking.Probabilities[against] : 0);
        }
        return Sum(target, numbers);
    }

    /// <summary>The weighted sum that gradients are taken of: a score, a difference of scores, a channel's mean.</summary>
    public double Score(ExplainTarget target, Tensor values) => Sum(target, values.Span<float>());

    /// <summary>The classes of the highest probabilities, best first.</summary>
    public Guess[] Best(Tensor scores, int count)
    {
        var best = new Guess[Math.Min(count, Classes)];
        ranking!.Rank(scores.Span<float>()[..(IsBinary ? 1 : Classes)], best);
        return best;
    }

    /// <summary>A layer by the name of its value or its node.</summary>
    public Value? Layer(string name) => Model.Graph.TryFind(name, out Value value) && producers.ContainsKey(value) ? value
        : Model.Graph.Nodes.FirstOrDefault(node => node.Name == name)?.Outputs.FirstOrDefault(output => output.Exists, Value.None) is { Exists: true } first ? first : null;

    /// <summary>What a target is called by people: the class's name, or <c>LAYER:CHANNEL</c>.</summary>
    public string NameOf(ExplainTarget target) => target.Layer is null
        ? target.Against is { } against ? $"{Labels[target.Index]} - {Labels[against]}" : Labels[target.Index]
        : $"{target.Layer}:{target.Index}";

    private double Sum(ExplainTarget target, ReadOnlySpan<float> numbers)
    {
        ReadOnlySpan<float> weights = WeightsOf(target).Span<float>();
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            if (weights[i] != 0) sum += (double)weights[i] * numbers[i];
        return sum;
    }

    private void CheckClass(int index)
    {
        if (index < 0 || index >= Classes) throw new LiveCamException($"Explaining class {index}: {Model.Name} tells {Classes} classes apart, 0 to {Classes - 1}.");
    }

    /// <summary>Behind operators that only move numbers, the input of a softmax; the value itself where there is none.</summary>
    private Value BeforeSoftmax(Value output)
    {
        for (Value at = output; producers.TryGetValue(at, out Node? node);)
        {
            if (node.Op is Softmax) return node.Inputs[0];
            if (node.Op is not (Identity or Reshape or Flatten or Squeeze or Unsqueeze)) break;
            at = node.Inputs[0];
        }
        return output;
    }
}
