using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>Channels of a layer that are one and the same number at every place of every probe picture: nothing behind them learns anything from them.</summary>
/// <param name="Layer">The value's name.</param>
/// <param name="Channels">Which, of <paramref name="Count"/>.</param>
public sealed record DeadChannels(string Layer, IReadOnlyList<int> Channels, int Count)
{
    private const int Shown = 8;

    public override string ToString() =>
        $"{Layer}: {Channels.Count} of {Count} channels are dead on the probe pictures ({string.Join(", ", Channels.Take(Shown))}{(Channels.Count > Shown ? ", …" : "")})";

    /// <summary>Runs the network on the pictures of a self-test, on the CPU.</summary>
    /// <param name="layers">Of the model's graph, for one picture.</param>
    /// <returns>The layers with dead channels, in order.</returns>
    public static IReadOnlyList<DeadChannels> Of(PictureModel model, IReadOnlyList<Layer> layers)
    {
        Layer[] maps = [.. layers.Where(layer => layer.Output is { Rank: 4 } shape && shape[0] == 1 && shape[2] * shape[3] > 1)];
        using var device = new CpuDevice(threads: 1);
        using var run = new PictureRun(model, device, [.. maps.Select(layer => layer.Name)]);
        (float[] Least, float[] Most)[] ranges = Array.ConvertAll(maps, layer => (Filled(layer.Output[1], float.PositiveInfinity), Filled(layer.Output[1], float.NegativeInfinity)));
        foreach (Picture picture in TestPictures.Draw())
        {
            run.Answer(run.Preprocess(picture));
            foreach ((int i, Layer layer) in maps.Index()) Widen(ranges[i], run.Read(layer.Name));
        }
        return [.. maps.Select((layer, i) => new DeadChannels(layer.Name, [.. Enumerable.Range(0, layer.Output[1]).Where(channel => ranges[i].Least[channel] == ranges[i].Most[channel])], layer.Output[1]))
            .Where(dead => dead.Channels.Count > 0)];
    }

    private static void Widen((float[] Least, float[] Most) range, Tensor maps)
    {
        if (maps.Type != ElementType.Float32) return;
        int places = maps.Shape[2] * maps.Shape[3];
        for (int channel = 0; channel < maps.Shape[1]; channel++)
            foreach (float value in maps.Span<float>().Slice(channel * places, places))
            {
                range.Least[channel] = Math.Min(range.Least[channel], value);
                range.Most[channel] = Math.Max(range.Most[channel], value);
            }
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];
}
