namespace LiveCam.TrainingRuns;

/// <summary>What people read of a training run.</summary>
internal static class TrainingText
{
    public static string Begin(TrainingFacts facts)
    {
        string frozen = facts.Parameters.Learning == facts.Parameters.All ? "" : FormattableString.Invariant($", {facts.Parameters.Learning:N0} of them learn");
        string judged = $"{(facts.Validation > 0 ? $", {facts.Validation} for validation" : "")}{(facts.Test > 0 ? $", {facts.Test} for the test" : "")}";
        return FormattableString.Invariant($"{facts.Model} ({facts.Parameters.All:N0} parameters{frozen}) on {facts.Data}: {facts.Train} pictures to learn from{judged}.\n")
            + $"{Describe(facts.Recipe)}{(facts.Done.Count > 0 ? $"; goes on after epoch {facts.Done.Count}" : "")}.";
    }

    public static string Describe(TrainingRecipe recipe) =>
        FormattableString.Invariant($"{recipe.Epochs} epochs, batches of {recipe.Batch}, {recipe.Optimizer} at {recipe.Rate} ({recipe.Schedule}), decay {recipe.Decay}, seed {recipe.Seed}")
        + (recipe.Loss is { } loss ? $", loss {loss}" : "") + (recipe.Smoothing > 0 ? FormattableString.Invariant($", smoothing {recipe.Smoothing}") : "")
        + (recipe.ClassWeights is { } weights ? $", class weights {weights}" : "") + (recipe.Average > 0 ? FormattableString.Invariant($", averaged by {recipe.Average}") : "")
        + (recipe.DropPath > 0 ? FormattableString.Invariant($", branches dropped up to {recipe.DropPath}") : "")
        + (recipe.Augment.Length > 0 ? $", varied by {recipe.Augment}" : "") + (recipe.Freeze is { } layer ? $", frozen up to {layer}" : "");

    /// <summary>At most so many of the layers, spread over all of them.</summary>
    public static IEnumerable<LayerNorm> Spread(IReadOnlyList<LayerNorm> layers, int most) =>
        layers.Count <= most ? layers : Enumerable.Range(0, most).Select(i => layers[i * (layers.Count - 1) / (most - 1)]);

    public static string Speed(double samplesPerSecond) => FormattableString.Invariant($"{samplesPerSecond:F0} pictures/s");

    public static string Time(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes:D2} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds:D2} s" : $"{time.Seconds} s";
}
