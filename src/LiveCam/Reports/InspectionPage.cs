using System.Globalization;
using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;

namespace LiveCam.Reports;

/// <summary>What was found out about a model before anything runs.</summary>
internal sealed record Inspection
{
    public required string Model { get; init; }

    /// <summary>What keeps it from running; none where it can be run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What is odd about it although it runs.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Name and value, as a person reads them.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];
    public IReadOnlyList<Layer> Layers { get; init; } = [];
}

/// <summary>An inspection as one HTML file that needs nothing else.</summary>
internal static class InspectionPage
{
    /// <summary>Writes the page under a temporary name and renames it.</summary>
    /// <exception cref="LiveCamException">The place cannot be written.</exception>
    public static void Save(string path, Inspection inspection) =>
        WholeFile.Write(path, "Writing the page", file => file.Write(Encoding.UTF8.GetBytes(Write(inspection))));

    public static string Write(Inspection inspection)
    {
        var html = new HtmlText();
        HtmlReport.Begin(html, "LiveCam model", inspection.Model);
        int count = inspection.Problems.Count;
        HtmlReport.Section(html, count > 0 ? $"It cannot be run: {count} problem{(count == 1 ? "" : "s")}" : "It can be run", () => List(html, inspection.Problems));
        if (inspection.Findings.Count > 0) HtmlReport.Section(html, "Findings", () => List(html, inspection.Findings));
        if (inspection.Facts.Count > 0) HtmlReport.Section(html, "Facts", () => ReportTables.Facts(html, inspection.Facts));
        if (inspection.Layers.Count > 0) HtmlReport.Section(html, "Layers", () => Table(html, inspection.Layers));
        HtmlReport.End(html);
        return html.ToString();
    }

    private static void List(HtmlText html, IReadOnlyList<string> sentences)
    {
        html.Add($"<table>\n");
        foreach (string sentence in sentences) html.Add($"<tr><td class=\"text\">{sentence}</td></tr>\n");
        html.Add($"</table>\n");
    }

    private static void Table(HtmlText html, IReadOnlyList<Layer> layers)
    {
        html.Add($"<div class=\"scroll\"><table>\n<tr><th>layer</th><th>operator</th><th>output</th><th class=\"number\">parameters</th><th class=\"number\">MFLOP</th><th>window</th><th>(A - R + 2P)/S + 1</th><th>sees</th></tr>\n");
        foreach (Layer layer in layers)
        {
            string formulas = string.Join(", ", layer.Window.Select(axis => axis.Formula).Distinct());
            html.Add($"<tr><td>{layer.Name}</td><td>{layer.Op}</td><td>{layer.Output.ToString()}</td><td class=\"number\">{layer.Parameters.ToString("N0", CultureInfo.InvariantCulture)}</td>");
            html.Add($"<td class=\"number\">{(layer.Flop / 1e6).ToString("N2", CultureInfo.InvariantCulture)}</td><td>{LayerText.Window(layer)}</td><td>{formulas}</td><td>{LayerText.Field(layer)}</td></tr>\n");
        }
        html.Add($"</table></div>\n<p class=\"hint\">A is the input's extent, R the window's reach, P the padding on each side and S the stride. What a layer sees is how many pixels of the input one number of its output depends on.</p>\n");
    }
}
