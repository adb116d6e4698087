using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Networks;

/// <summary>A picture model planned for whole batches: pictures in, a row of scores for each out. For one thread.</summary>
internal sealed class BatchNetwork : IDisposable
{
    private readonly Plan plan;
    private readonly string input, output;
    private readonly Tensor one;
    private readonly ScoreKind kind;
    private float[] scores = [], pairs = [];

    private BatchNetwork(PictureModel model, Plan plan, int size)
    {
        (this.plan, Size, input) = (plan, size, model.Input.Name);
        (output, _) = plan.Lowered.Graph.Outputs[0];
        ValueInfo info = plan.Lowered[plan.Lowered.Graph.Outputs[0].Value];
        Outputs = info.Shape.ElementCount / size;
        // One row a picture: the only axis of more than one element besides the pictures'.
        bool rows = info.Type == ElementType.Float32 && Outputs > 0 && info.Shape.ElementCount % size == 0
            && (size == 1 || (info.Shape.Rank > 0 && info.Shape[0] == size)) && (Outputs == 1 || info.Shape.Span.Contains(Outputs));
        if (!rows)
            throw new LiveCamException($"Cannot evaluate {model.Name}: its output \"{output}\" is {info.Type} {info.Shape} for {size} picture(s), "
                + "but a classifier's is one row of Float32 scores for each.");
        one = new Tensor(ElementType.Float32, model.InputShape);
        kind = model.ScoresOf(Outputs);
        Classes = IsBinary ? 2 : Outputs;
    }

    private bool IsBinary => kind is ScoreKind.Binary or ScoreKind.BinaryLogit;

    /// <summary>Scores that the network gives for a picture: one of them may be for two classes.</summary>
    private int Outputs { get; }

    /// <summary>Pictures of one run of the plan: as many as asked, or 1 where the model takes no more.</summary>
    public int Size { get; }
    public int Classes { get; }

    /// <exception cref="LiveCamException">The model cannot be run there, or ranks no classes.</exception>
    public static BatchNetwork Create(PictureModel model, Device device, int size)
    {
        try
        {
            return Compile(model, device, size);
        }
        catch (LiveCamException) when (size > 1)
        {
            // Many files fix a batch of one inside, in the target shape of a Reshape.
            return Compile(model, device, 1);
        }
    }

    /// <summary>The scores of each row of a batch, one row after the other, valid until the next call.</summary>
    public ReadOnlySpan<float> Run(Batch batch)
    {
        int count = batch.Count * Outputs;
        if (scores.Length < batch.Images.Shape[0] * Outputs) scores = new float[batch.Images.Shape[0] * Outputs];
        if (Size > 1)
        {
            Infer(batch.Images).AsSpan(0, count).CopyTo(scores);
            return Pairs(scores.AsSpan(0, count));
        }
        int rowBytes = one.Bytes.Length;
        for (int i = 0; i < batch.Count; i++)
        {
            batch.Images.Bytes.Span.Slice(i * rowBytes, rowBytes).CopyTo(one.Bytes.Span);
            Infer(one).CopyTo(scores.AsSpan(i * Outputs));
        }
        return Pairs(scores.AsSpan(0, count));
    }

    /// <summary>The scores, or where one is for two classes the probabilities of both.</summary>
    private ReadOnlySpan<float> Pairs(ReadOnlySpan<float> own)
    {
        if (!IsBinary) return own;
        if (pairs.Length < 2 * own.Length) pairs = new float[2 * own.Length];
        for (int i = 0; i < own.Length; i++)
        {
            // The judge tells what is no number.
            pairs[2 * i + 1] = float.IsFinite(own[i]) ? ScoreKinds.Second(own[i], kind) : own[i];
            pairs[2 * i] = 1 - pairs[2 * i + 1];
        }
        return pairs.AsSpan(0, 2 * own.Length);
    }

    public void Dispose() => plan.Dispose();

    private float[] Infer(Tensor images)
    {
        plan.Write(input, images);
        plan.Run();
        return plan.Read(output).Span<float>().ToArray();
    }

    private static BatchNetwork Compile(PictureModel model, Device device, int size)
    {
        Plan plan = Compiler.Compile(model.Graph, device, model.Compilation([]) with
        {
            InputShapes = new Dictionary<string, Shape> { [model.Input.Name] = model.InputShape.With(0, size) },
        });
        try
        {
            return new(model, plan, size);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }
}
