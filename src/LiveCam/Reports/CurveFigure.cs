using System.Globalization;

namespace LiveCam.Reports;

/// <summary>Values over epochs as lines.</summary>
internal static class CurveFigure
{
    private const double Left = 64, Top = 34, Width = 830, Height = 260;
    private const int Colours = 4, Ticks = 4, MostTicks = 8;

    public static void Write(HtmlText html, CurveChart chart)
    {
        int epochs = chart.Curves.Max(curve => curve.Values.Count);
        double[] values = [.. chart.Curves.SelectMany(curve => curve.Values).Where(double.IsFinite).DefaultIfEmpty(0)];
        double step = Step((values.Max() - values.Min()) / Ticks), low = Math.Floor(values.Min() / step) * step, high = Math.Ceiling(values.Max() / step) * step;
        if (high <= low) high = low + step;
        html.Add($"<svg viewBox=\"0 0 916 {Top + Height + 46}\" role=\"img\" aria-label=\"{chart.Title} over epochs\">\n");
        // Counted: where values are so large that a step is lost in rounding, adding it would not end.
        int ticks = (int)Math.Min(MostTicks, Math.Round((high - low) / step));
        for (int i = 0; i <= ticks; i++)
        {
            double tick = low + i * step;
            html.Add($"<path class=\"axis\" d=\"M{Left} {Y(tick)}h{Width}\"/><text x=\"{Left - 10}\" y=\"{Y(tick) + 4}\" text-anchor=\"end\">{Number(tick)}</text>\n");
        }
        int every = Math.Max(1, (int)Math.Ceiling(epochs / 12.0));
        for (int epoch = 1; epoch <= epochs; epoch += every)
            html.Add($"<text x=\"{X(epoch - 1)}\" y=\"{Top + Height + 20}\" text-anchor=\"middle\">{epoch}</text>\n");
        html.Add($"<text class=\"faint\" x=\"{Left + Width / 2}\" y=\"{Top + Height + 40}\" text-anchor=\"middle\">epoch</text>\n");
        double at = Left;
        for (int i = 0; i < chart.Curves.Length; i++)
        {
            Curve curve = chart.Curves[i];
            Line(html, curve, i % Colours);
            string last = curve.Values.LastOrDefault(double.IsFinite) is var value && curve.Values.Any(double.IsFinite) ? $"{curve.Name} {Number(value)}" : curve.Name;
            html.Add($"<circle class=\"f{i % Colours}\" cx=\"{at + 5}\" cy=\"12\" r=\"5\"/><text class=\"strong\" x=\"{at + 16}\" y=\"16\">{last}</text>\n");
            at += 44 + 7 * last.Length;
        }
        html.Add($"</svg>\n");

        double X(int epoch) => epochs == 1 ? Left + Width / 2 : Left + 8 + (Width - 16) * epoch / (epochs - 1);
        double Y(double value) => Top + Height - Height * (value - low) / (high - low);

        // Gaps where an epoch has no value; a value alone is a dot.
        void Line(HtmlText html, Curve curve, int colour)
        {
            for (int epoch = 0; epoch < curve.Values.Count; epoch++)
            {
                if (!double.IsFinite(curve.Values[epoch])) continue;
                int end = epoch;
                while (end + 1 < curve.Values.Count && double.IsFinite(curve.Values[end + 1])) end++;
                html.Add($"<polyline class=\"curve s{colour}\" points=\"");
                for (int i = epoch; i <= end; i++) html.Add($"{X(i)},{Y(curve.Values[i])} ");
                html.Add($"\"/>");
                if (epochs <= 30)
                    for (int i = epoch; i <= end; i++) html.Add($"<circle class=\"f{colour}\" cx=\"{X(i)}\" cy=\"{Y(curve.Values[i])}\" r=\"3\"><title>{curve.Name}, epoch {i + 1}: {Number(curve.Values[i])}</title></circle>");
                html.Add($"\n");
                epoch = end;
            }
        }

        string Number(double value) => chart.IsPart ? HtmlReport.Percent(value, step < 0.01 ? 1 : step < 0.001 ? 2 : 0) : value.ToString(step < 0.01 ? "0.####" : "0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>1, 2 or 5 times a power of ten, at least <paramref name="least"/>.</summary>
    private static double Step(double least)
    {
        if (!(least > 1e-12)) return 0.01;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return least <= power * 1.001 ? power : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
    }
}
