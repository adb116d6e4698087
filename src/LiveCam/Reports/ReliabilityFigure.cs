using LiveCam.Engine.Training.Metrics;

namespace LiveCam.Reports;

/// <summary>The reliability diagram: how often predictions of a confidence are right, and below it how many there are.</summary>
internal static class ReliabilityFigure
{
    private const double Left = 56, Top = 12, Width = 620, Height = 300, Below = 70, Between = 16;

    public static void Write(HtmlText html, Evaluation evaluation)
    {
        double bottom = Top + Height, column = Width / evaluation.Reliability.Count, floor = bottom + Between + Below;
        html.Add($"<svg viewBox=\"0 0 916 {floor + 44}\" role=\"img\" aria-label=\"Reliability diagram\">\n<g transform=\"translate(96 0)\">\n");
        for (int i = 0; i <= 4; i++)
        {
            double y = bottom - Height * i / 4;
            html.Add($"<path class=\"axis\" d=\"M{Left} {y}h{Width}\"/><text x=\"{Left - 10}\" y=\"{y + 4}\" text-anchor=\"end\">{25 * i} %</text>");
            html.Add($"<text x=\"{Left + Width * i / 4}\" y=\"{floor + 18}\" text-anchor=\"middle\">{25 * i} %</text>\n");
        }
        int most = Math.Max(1, evaluation.Reliability.Max(bin => bin.Count));
        foreach (ReliabilityBin bin in evaluation.Reliability.Where(bin => bin.Count > 0))
        {
            double x = Left + Width * bin.From + 2, high = Height * bin.Accuracy, sure = Height * bin.Confidence, count = Math.Max(1, Below * bin.Count / most);
            html.Add($"<g><title>{bin.Count} predictions, {HtmlReport.Percent(bin.Confidence, 1)} sure, {HtmlReport.Percent(bin.Accuracy, 1)} right</title>");
            html.Add($"<rect class=\"bad\" opacity=\"0.28\" x=\"{x}\" y=\"{bottom - Math.Max(high, sure)}\" width=\"{column - 4}\" height=\"{Math.Abs(high - sure)}\"/>");
            html.Add($"<rect class=\"good\" opacity=\"{(bin.Count >= 10 ? 0.85 : 0.45)}\" x=\"{x}\" y=\"{bottom - high}\" width=\"{column - 4}\" height=\"{high}\" rx=\"2\"/>");
            html.Add($"<rect class=\"faint\" opacity=\"0.6\" x=\"{x}\" y=\"{floor - count}\" width=\"{column - 4}\" height=\"{count}\" rx=\"1\"/></g>\n");
        }
        html.Add($"<path class=\"ideal\" d=\"M{Left} {bottom}L{Left + Width} {Top}\"/><path class=\"axis\" d=\"M{Left} {floor}h{Width}\"/>");
        html.Add($"<text class=\"faint\" x=\"{Left - 10}\" y=\"{floor - Below / 2}\" text-anchor=\"end\">count</text>");
        html.Add($"<text class=\"faint\" x=\"{Left + Width / 2}\" y=\"{floor + 36}\" text-anchor=\"middle\">confidence of the answer</text>");
        html.Add($"<text class=\"faint\" transform=\"translate(6 {Top + Height / 2}) rotate(-90)\" text-anchor=\"middle\">right</text>\n</g></svg>\n");
        html.Add($"<p class=\"hint\">On the dashed line an answer that is 80 % sure is right in 80 % of the cases. The pale part of a bar is the gap between the two; bars of fewer than ten answers are paler.</p>\n");
    }
}
