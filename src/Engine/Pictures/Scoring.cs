using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Pictures;

/// <summary>From the output of a picture model to the most probable classes, and to how sure an answer is where the model was taught.</summary>
public sealed class Scoring
{
    private readonly PictureModel model;
    private readonly long stride;
    private readonly float[] scores;

    /// <param name="output">The value of <see cref="OutputOf"/>.</param>
    /// <param name="strides">Floats from one element to the next along each of its axes, in the memory that <see cref="Accept"/> is given.</param>
    /// <exception cref="LiveCamException">It is no row of scores, or the model's labels are for another number of classes.</exception>
    public Scoring(PictureModel model, ValueInfo output, ReadOnlySpan<long> strides)
    {
        this.model = model;
        int classes = output.Shape.ElementCount, axis = 0;
        for (int i = 1; i < output.Shape.Rank; i++)
            if (output.Shape[i] > output.Shape[axis]) axis = i;
        if (output.Type != ElementType.Float32 || classes == 0 || (output.Shape.Rank > 0 && classes != output.Shape[axis]))
            throw new LiveCamException($"Cannot classify with {model.Name}: its output \"{OutputOf(model, model.Graph).Name}\" is {output.Type} {output.Shape}, "
                + "but a classifier's is one row of Float32 scores; `livecam bench` and `livecam inspect` take any model.");
        stride = output.Shape.Rank == 0 ? 1 : strides[axis];
        if (model.Thresholds is not null) classes--;
        scores = new float[classes];
        ScoreKind kind = model.ScoresOf(classes);
        if (kind is ScoreKind.Binary or ScoreKind.BinaryLogit) classes = 2;
        Ranking = new Ranking(classes, model.Labels?.Match(classes).Names, kind);
    }

    /// <summary>The output that holds the scores, in the model's graph or in what a plan made of it.</summary>
    public static (string Name, Value Value) OutputOf(PictureModel model, Graph graph) =>
        graph.Outputs.First(output => model.Thresholds is null || output.Name == TaughtNetwork.Joined);

    /// <summary>All classes of the answer ranked last.</summary>
    public Ranking Ranking { get; }

    /// <summary>The squared distance from what was taught; 0 for a model that was not.</summary>
    public double Distance { get; private set; }

    /// <summary>Takes the scores out of the output's memory, and the distance of a model that was taught.</summary>
    /// <param name="values">From the output's first element on.</param>
    public void Accept(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < scores.Length; i++) scores[i] = values[checked((int)(i * stride))];
        if (model.Thresholds is not null) Distance = values[checked((int)(scores.Length * stride))];
    }

    /// <summary>The best classes of the scores taken last; see <see cref="Pictures.Ranking.Rank"/>.</summary>
    public int Rank(Span<Guess> top) => Ranking.Rank(scores, top);

    /// <summary>How sure the answer is of its best class, where the model was taught; null for others.</summary>
    public Certainty? CertaintyOf(Guess best) => model.Thresholds?.Of(Distance, best.Probability);
}
