namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// What teaching samples say about a head when it has not seen them: fitted as often as there are folds, each time without one, and once without each class to
/// see what something unknown looks like.
/// </summary>
public sealed class HeldOut
{
    /// <summary>Most rows of a class that are held out, evenly spaced.</summary>
    public const int MostOfClass = 200;

    /// <summary>Scores and labels of all classes' rows, and which rows they are.</summary>
    public IReadOnlyList<double[]> Scores { get; }
    public IReadOnlyList<int> Labels { get; }
    public IReadOnlyList<int> Rows { get; }

    /// <summary>
    /// Distances of the classes' rows without the background's; and of what is none of the classes: rows whose class was left out of teaching, and the background's
    /// from the classes alone.
    /// </summary>
    public IReadOnlyList<double> Known { get; }
    public IReadOnlyList<double> Unknown { get; }

    /// <param name="background">The background's class, or -1.</param>
    public HeldOut(FeatureRows rows, int background, Func<FeatureRows, Head> fit, int folds = 5)
    {
        List<double[]> scores = [];
        List<int> labels = [], asked = [];
        List<double> known = [], unknown = [];
        var features = new float[rows.Dimension];
        int[] foldOf = Folds(rows, folds);
        for (int fold = 0; fold < folds; fold++)
        {
            List<int> rest = [], left = [];
            for (int row = 0; row < rows.Count; row++) (foldOf[row] == fold ? left : rest).Add(row);
            if (left.Count == 0 || rest.Count == 0) continue;
            FeatureRows seen = rows.Select(rest, Identity(rows.Classes));
            Head head = fit(seen);
            var distance = new FeatureDistance(seen, background);
            foreach (int row in Limited(rows, left))
            {
                rows.Read(row, features);
                var score = new double[rows.Classes];
                head.Score(features, score);
                if (double.IsNegativeInfinity(score[rows.Label(row)])) continue;
                scores.Add(score);
                labels.Add(rows.Label(row));
                asked.Add(row);
                if (rows.Label(row) == background) unknown.Add(distance.FromClasses(features));
                else known.Add(distance.Of(features));
            }
        }
        int[] taught = [.. Enumerable.Range(0, rows.Count).Select(rows.Label).Where(label => label != background).Distinct().Order()];
        foreach (int without in taught)
        {
            // Without the only class there is nothing to be far from.
            if (taught.Length == 1) break;
            List<int> rest = [], left = [];
            for (int row = 0; row < rows.Count; row++) (rows.Label(row) == without ? left : rest).Add(row);
            var distance = new FeatureDistance(rows.Select(rest, Identity(rows.Classes)), background);
            foreach (int row in Limited(rows, left))
            {
                rows.Read(row, features);
                unknown.Add(distance.Of(features));
            }
        }
        (Scores, Labels, Rows, Known, Unknown) = (scores, labels, asked, known, unknown);
    }

    /// <summary>
    /// The fold of each row. Where a class has as many bursts as folds whole bursts stay together, else its rows are cut into consecutive pieces: what was recorded
    /// later has moved on, as what comes after teaching will have.
    /// </summary>
    private static int[] Folds(FeatureRows rows, int folds)
    {
        var fold = new int[rows.Count];
        foreach (IGrouping<int, int> one in Enumerable.Range(0, rows.Count).GroupBy(rows.Label))
        {
            int[] members = [.. one];
            Dictionary<int, int> bursts = [];
            foreach (int row in members) bursts.TryAdd(rows.Burst(row), bursts.Count);
            for (int i = 0; i < members.Length; i++)
                fold[members[i]] = bursts.Count >= folds ? bursts[rows.Burst(members[i])] % folds : (int)((long)i * folds / members.Length);
        }
        return fold;
    }

    private static IEnumerable<int> Limited(FeatureRows rows, List<int> some) =>
        some.GroupBy(rows.Label).SelectMany(one => ClassSums.Evenly([.. one], MostOfClass));

    private static int[] Identity(int classes) => [.. Enumerable.Range(0, classes)];
}
