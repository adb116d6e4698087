using LiveCam.Engine.Data;
using LiveCam.Engine.Training.Metrics;

namespace LiveCam.Networks;

/// <summary>A network's answers to all pictures of a set, judged.</summary>
internal static class SetJudge
{
    /// <param name="unreadable">Told a sentence for each picture that cannot be read; it is left out.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="Engine.LiveCamException">No picture can be read.</exception>
    public static Evaluation Evaluate(BatchNetwork network, Batches batches, ClassMap map, Action<string> unreadable, CancellationToken stop)
    {
        DataSet set = batches.Set;
        var judge = new Judge(map.Names, set.IsMultiLabel);
        foreach (Batch batch in batches.Epoch(0))
        {
            stop.ThrowIfCancellationRequested();
            foreach (string sentence in batch.Unreadable) unreadable(sentence);
            ReadOnlySpan<float> scores = network.Run(batch);
            for (int i = 0; i < batch.Count; i++)
                judge.Add(scores.Slice(i * network.Classes, network.Classes), map.Own(set.Labels(batch.Samples[i])));
        }
        return judge.Count > 0 ? judge.Evaluate() : throw set.NothingReadable("evaluate");
    }
}
