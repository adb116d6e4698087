using LiveCam.Engine.Training.Metrics;
using LiveCam.Text;

namespace LiveCam.Reports;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    private const int MostClasses = 2000;

    public static void Classes(HtmlText html, Evaluation evaluation)
    {
        html.Add($"<div class=\"scroll\"><table><tr><th>class</th><th class=\"number\">samples</th><th class=\"number\">precision</th><th class=\"number\">recall</th><th class=\"number\">F1</th><th class=\"number\">AUC</th><th>recall</th></tr>\n");
        ClassMetrics[] shown = [.. evaluation.Classes.Where(x => x.Support > 0 || x.Predicted > 0)];
        foreach (ClassMetrics x in shown.Take(MostClasses))
        {
            html.Add($"<tr><td class=\"text\">{x.Name}</td><td class=\"number\">{x.Support}</td><td class=\"number\">{HtmlReport.Figure(x.Precision)}</td><td class=\"number\">{HtmlReport.Figure(x.Recall)}</td>");
            html.Add($"<td class=\"number\">{HtmlReport.Figure(x.F1)}</td><td class=\"number\">{HtmlReport.Figure(x.Auc)}</td>");
            html.Add($"<td class=\"bar\"><div><i style=\"width:{100 * (double.IsFinite(x.Recall) ? x.Recall : 0)}%\"></i></div></td></tr>\n");
        }
        html.Add($"</table></div>\n");
        if (shown.Length < evaluation.Classes.Count || shown.Length > MostClasses)
            html.Add($"<p class=\"hint\">{evaluation.Classes.Count} classes in all; those that never occur and are never predicted are left out, and no more than {MostClasses} are listed.</p>\n");
    }

    public static void Mistakes(HtmlText html, List<Mistake> mistakes)
    {
        html.Add($"<div class=\"scroll\"><table><tr><th>true class</th><th>taken for</th><th class=\"number\">times</th><th class=\"number\">of its class</th><th></th></tr>\n");
        foreach (Mistake x in mistakes)
            html.Add($"<tr><td class=\"text\">{x.True}</td><td class=\"text\">{x.Predicted}</td><td class=\"number\">{x.Count}</td><td class=\"number\">{HtmlReport.Percent(x.Part, 1)}</td><td class=\"bar\"><div><i class=\"bad\" style=\"width:{100.0 * x.Count / mistakes[0].Count}%\"></i></div></td></tr>\n");
        html.Add($"</table></div>\n");
    }

    public static void Facts(HtmlText html, IReadOnlyList<(string Name, string Value)> facts)
    {
        html.Add($"<table class=\"facts\">\n");
        foreach ((string name, string value) in facts) html.Add($"<tr><th>{name}</th><td class=\"text\">{value}</td></tr>\n");
        html.Add($"</table>\n");
    }
}
