using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Training;

namespace LiveCam.TrainingRuns;

/// <summary>The loss that a recipe names, made for the pictures that are learned.</summary>
internal static class LossRules
{
    /// <summary>What stands for weights by how often each class occurs.</summary>
    private const string Balanced = "balanced";

    /// <exception cref="LiveCamException">The loss does not fit pictures of one, or of several labels, or knows no smoothing or weights.</exception>
    public static Loss Of(TrainingRecipe recipe, DataSet train)
    {
        string name = recipe.Loss ?? (train.IsMultiLabel ? "binary" : "cross-entropy");
        if (train.IsMultiLabel && name is "cross-entropy" or "mean-squared")
            throw new LiveCamException($"Cannot train on {recipe.Data} with --loss {name}: its pictures have several labels each; take binary, focal or soft-f1, which judge every label by itself.");
        if (recipe.Smoothing > 0 && name != "cross-entropy")
            throw new LiveCamException($"Cannot train with --loss {name} and --smoothing: only cross-entropy spreads a part of the probability over the classes; leave one of them out.");
        if (recipe.ClassWeights is not null && name is not ("cross-entropy" or "binary"))
            throw new LiveCamException($"Cannot train with --loss {name} and --class-weights: only cross-entropy and binary weigh classes; leave one of them out.");
        float[]? weights = recipe.ClassWeights is { } given ? Weights(given, train) : null;
        return name switch
        {
            "cross-entropy" => new CrossEntropyLoss((float)recipe.Smoothing, weights),
            "binary" => new BinaryCrossEntropyLoss(weights),
            "focal" => new FocalLoss(),
            "soft-f1" => new SoftF1Loss(),
            _ => new MeanSquaredLoss(),
        };
    }

    private static float[] Weights(string given, DataSet train)
    {
        if (given == Balanced) return Inverse(train);
        float[] weights = [.. Enumerable.Repeat(1f, train.Classes.Count)];
        foreach (string part in given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.LastIndexOf('=');
            if (equals < 0 || !float.TryParse(part.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out float weight) || !(weight > 0) || !float.IsFinite(weight))
                throw new LiveCamException($"Cannot read \"{part}\" of --class-weights: it has to be {Balanced}, or a list as in cat=2,dog=0.5 with numbers above 0.");
            string name = part[..equals].TrimEnd();
            int own = Array.IndexOf([.. train.Classes], name);
            if (own < 0)
                throw new LiveCamException($"Cannot weigh the class \"{name}\" of --class-weights: the classes of {train.Name} are {string.Join(", ", train.Classes.Take(20))}{(train.Classes.Count > 20 ? ", …" : "")}.");
            weights[own] = weight;
        }
        return weights;
    }

    /// <summary>All labels / (classes x labels of the class): each class counts as much as any other; one that never occurs counts as the rarest.</summary>
    private static float[] Inverse(DataSet train)
    {
        var counts = new long[train.Classes.Count];
        for (int i = 0; i < train.Count; i++)
            foreach (int own in train.Labels(i)) counts[own]++;
        long rarest = counts.Where(count => count > 0).DefaultIfEmpty(1).Min();
        return [.. counts.Select(count => (float)((double)counts.Sum() / counts.Length / Math.Max(count, rarest)))];
    }
}
