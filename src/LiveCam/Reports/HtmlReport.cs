using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Text;

namespace LiveCam.Reports;

/// <summary>An evaluation as one HTML file that needs nothing else: style and drawings are inside, nothing is loaded, no script runs.</summary>
internal static class HtmlReport
{
    private const int MostMistakes = 12;

    /// <summary>Writes the report under a temporary name and renames it.</summary>
    /// <exception cref="LiveCamException">The place cannot be written.</exception>
    public static void Save(string path, ReportContent content) =>
        WholeFile.Write(path, "Writing the report", file => file.Write(Encoding.UTF8.GetBytes(Write(content))));

    /// <summary>The whole page.</summary>
    public static string Write(ReportContent content)
    {
        Evaluation evaluation = content.Evaluation;
        var html = new HtmlText();
        Begin(html, "LiveCam report", content.Title);
        html.Add($"<section class=\"tiles\">\n");
        Tile(html, "Accuracy", Percent(evaluation.Accuracy, 2), $"{Math.Round(evaluation.Accuracy * evaluation.Count):F0} of {evaluation.Count}");
        Tile(html, "Top five", Percent(evaluation.TopFive, 2), "right class among the five most probable");
        Tile(html, "Mean F1", Figure(evaluation.MacroF1), $"precision {Figure(evaluation.MacroPrecision)}, recall {Figure(evaluation.MacroRecall)}");
        Tile(html, "Mean AUC", Figure(evaluation.MacroAuc), "each class against the others");
        Tile(html, "Calibration error", Percent(evaluation.CalibrationError, 2), $"{Evaluation.CalibrationBins} bins");
        html.Add($"</section>\n");
        foreach (CurveChart chart in content.Charts.Where(chart => chart.Curves.Any(curve => curve.Values.Any(double.IsFinite))))
            Section(html, chart.Title, () => CurveFigure.Write(html, chart));
        if (content.Gradients.Count > 0) Section(html, "Norm of each layer's gradient", () => GradientTable.Write(html, content.Gradients));
        if (evaluation.Confusion.Length > 0) Section(html, "Confusion", () => ConfusionFigure.Write(html, evaluation));
        if (Mistake.Of(evaluation, MostMistakes) is { Count: > 0 } mistakes) Section(html, "Most frequent mistakes", () => ReportTables.Mistakes(html, mistakes));
        Section(html, "Reliability", () => ReliabilityFigure.Write(html, evaluation));
        Section(html, "Classes", () => ReportTables.Classes(html, evaluation));
        Section(html, "Made from", () => ReportTables.Facts(html, content.Facts));
        End(html);
        return html.ToString();
    }

    /// <summary>Everything of a page before its first section.</summary>
    internal static void Begin(HtmlText html, string kind, string title)
    {
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        html.Add($"<title>{title}</title>\n<style>\n");
        ReportStyle.Write(html);
        html.Add($"</style>\n</head>\n<body>\n<main>\n<header><p class=\"kind\">{kind}</p><h1>{title}</h1></header>\n");
    }

    internal static void End(HtmlText html) => html.Add($"</main>\n</body>\n</html>\n");

    internal static string Percent(double value, int digits) =>
        double.IsFinite(value) ? (value * 100).ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture) + " %" : "–";

    internal static string Figure(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:F3}") : "–";

    private static void Tile(HtmlText html, string name, string value, string note) =>
        html.Add($"<div class=\"tile\"><p class=\"name\">{name}</p><p class=\"value\">{value}</p><p class=\"note\">{note}</p></div>\n");

    internal static void Section(HtmlText html, string title, Action content)
    {
        html.Add($"<section class=\"panel\"><h2>{title}</h2>\n");
        content();
        html.Add($"</section>\n");
    }
}
