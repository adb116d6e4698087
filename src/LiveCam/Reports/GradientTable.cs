using System.Globalization;

namespace LiveCam.Reports;

/// <summary>Norms of gradients, a row for each layer in the order of the network: at the beginning, at the end and the way between.</summary>
internal static class GradientTable
{
    private const double Width = 220, Height = 24, Margin = 3;

    public static void Write(HtmlText html, IReadOnlyList<Curve> layers)
    {
        html.Add($"<div class=\"scroll\"><table><tr><th>layer</th><th class=\"number\">first epoch</th><th class=\"number\">last epoch</th><th>over the epochs</th></tr>\n");
        foreach (Curve layer in layers)
        {
            html.Add($"<tr><td class=\"text\">{layer.Name}</td><td class=\"number\">{Number(layer.Values[0])}</td><td class=\"number\">{Number(layer.Values[^1])}</td><td>");
            Line(html, layer);
            html.Add($"</td></tr>\n");
        }
        html.Add($"</table></div>\n<p class=\"hint\">The mean of each epoch; every line goes from its own least to its own largest norm, by powers of ten. Layers whose gradient is a thousandth of the others' hardly learn.</p>\n");
    }

    private static void Line(HtmlText html, Curve layer)
    {
        double[] heights = [.. layer.Values.Where(value => value > 0 && double.IsFinite(value)).Select(Math.Log10)];
        if (heights.Length < 2) return;
        double least = heights.Min(), range = Math.Max(heights.Max() - least, 1e-12);
        html.Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"gradient of {layer.Name}\"><polyline class=\"curve s0\" points=\"");
        foreach ((int i, double height) in heights.Index())
            html.Add($"{Margin + (Width - 2 * Margin) * i / (heights.Length - 1)},{Height - Margin - (Height - 2 * Margin) * (height - least) / range} ");
        html.Add($"\"/></svg>");
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : "–";
}
