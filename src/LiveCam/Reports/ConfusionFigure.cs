using LiveCam.Engine.Training.Metrics;

namespace LiveCam.Reports;

/// <summary>The confusion matrix: a row for each true class, a column for each predicted one, darker the larger its part of the row.</summary>
internal static class ConfusionFigure
{
    private const int MostClasses = 120, MostNames = 60, MostNumbers = 24, LongestName = 18;
    private const double Width = 916;

    public static void Write(HtmlText html, Evaluation evaluation)
    {
        int[] shown = [.. Enumerable.Range(0, evaluation.Classes.Count).Where(i => evaluation.Classes[i].Support > 0 || evaluation.Classes[i].Predicted > 0)];
        if (shown.Length > MostClasses)
        {
            html.Add($"<p class=\"hint\">{shown.Length} classes are too many for a matrix that can be read; the mistakes below are its largest cells.</p>\n");
            return;
        }
        int n = shown.Length, longest = shown.Max(i => Math.Min(evaluation.Classes[i].Name.Length, LongestName));
        bool names = n <= MostNames, numbers = n <= MostNumbers;
        double side = names ? 16 + 7.0 * longest : 26, head = names ? 24 + 5.4 * longest : 26;
        double cell = Math.Min(64, (Width - side - 20) / n), tall = numbers ? Math.Min(cell, 40) : cell, gap = cell > 12 ? 2 : 0.5;
        double left = (Width - side - 20 - cell * n) / 2 + side + 10, font = Math.Clamp(Math.Min(cell / 3.4, tall / 1.7), 7, 14);
        html.Add($"<svg viewBox=\"0 0 {Width} {head + tall * n + 30}\" role=\"img\" aria-label=\"Confusion matrix\">\n");
        for (int i = 0; i < n; i++)
        {
            ClassMetrics own = evaluation.Classes[shown[i]];
            double y = head + i * tall, x = left + i * cell;
            double small = Math.Min(12, Math.Min(cell, tall) * 0.9);
            if (names) html.Add($"<text x=\"{left - 8}\" y=\"{y + tall / 2 + small / 3}\" text-anchor=\"end\" font-size=\"{small}\">{Short(own.Name)}</text>");
            if (names) html.Add($"<text transform=\"translate({x + cell / 2 + small / 3} {head - 6}) rotate(-50)\" font-size=\"{small}\">{Short(own.Name)}</text>");
            html.Add($"<rect class=\"track\" x=\"{left}\" y=\"{y}\" width=\"{cell * n - gap}\" height=\"{tall - gap}\" rx=\"{Math.Min(3, gap)}\"/>\n");
            for (int j = 0; j < n; j++)
            {
                int count = evaluation.Confusion[shown[i]][shown[j]];
                if (count == 0) continue;
                double part = (double)count / own.Support;
                // The square root makes a cell of one in a hundred visible.
                html.Add($"<g><title>{own.Name} taken for {evaluation.Classes[shown[j]].Name}: {count} of {own.Support} ({HtmlReport.Percent(part, 1)})</title>");
                html.Add($"<rect class=\"{(i == j ? "good" : "bad")}\" opacity=\"{Math.Clamp(0.1 + 0.9 * Math.Sqrt(part), 0.12, 1)}\" x=\"{left + j * cell}\" y=\"{y}\" width=\"{cell - gap}\" height=\"{tall - gap}\" rx=\"{Math.Min(3, gap)}\"/>");
                string number = $"{count}";
                if (numbers) html.Add($"<text class=\"{(part > 0.3 ? "on" : "strong")}\" x=\"{left + j * cell + (cell - gap) / 2}\" y=\"{y + (tall - gap) / 2 + font * 0.36}\" font-size=\"{Math.Min(font, (cell - 2) / (0.62 * number.Length))}\" text-anchor=\"middle\">{number}</text>");
                html.Add($"</g>\n");
            }
        }
        html.Add($"<text class=\"faint\" x=\"{left + cell * n / 2}\" y=\"{head + tall * n + 20}\" text-anchor=\"middle\">predicted class; rows are the true class</text>\n</svg>\n");
        html.Add($"<p class=\"hint\">Blue cells are right, orange ones are mistakes; the strength of a cell is its share of the row.</p>\n");
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
