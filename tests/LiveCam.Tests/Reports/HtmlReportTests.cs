using System.Xml;
using System.Xml.Linq;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Reports;

namespace LiveCam.Tests.Reports;

public sealed class HtmlReportTests
{
    private const string Hostile = "<script>alert('x')</script> & \"]]>";

    [Fact]
    public void A_report_is_well_formed_loads_nothing_and_escapes_what_it_is_given()
    {
        string html = Write(3, curves: true);
        XElement page = Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "link" or "iframe" or "object");
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" || attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("://", html);
        Assert.Equal(Hostile, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("td"), cell => cell.Value == Hostile);
        Assert.Contains("prefers-color-scheme: dark", html);
    }

    [Fact]
    public void Every_cell_of_the_matrix_says_what_it_counts()
    {
        XElement page = Parse(Write(3));
        string[] titles = [.. Figure(page, "Confusion matrix").Descendants("title").Select(title => title.Value)];
        Assert.Equal(
            ["c0 taken for c0: 2 of 3 (66.7 %)", $"c0 taken for {Hostile}: 1 of 3 (33.3 %)", $"{Hostile} taken for {Hostile}: 1 of 1 (100.0 %)"], titles);
    }

    [Fact]
    public void Curves_have_a_line_for_each_run_of_values_and_a_gap_where_there_are_none()
    {
        XElement figure = Figure(Parse(Write(3, curves: true)), "Loss over epochs");
        Assert.Equal([3, 1, 1], figure.Descendants("polyline").Select(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains(figure.Descendants("text"), text => text.Value == "training 0.5");
        // The loss falls, so its line goes down the page: y grows.
        double[] heights = [.. figure.Descendants("polyline").First().Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => double.Parse(point.Split(',')[1]))];
        Assert.Equal(heights.Order(), heights);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Any_number_of_classes_makes_a_page(int classes)
    {
        string html = Write(classes, all: true);
        XElement page = Parse(html);
        Assert.Equal(classes <= 120, page.Descendants("svg").Any(svg => svg.Attribute("aria-label")?.Value == "Confusion matrix"));
        Assert.DoesNotContain("NaN", html);
        Assert.DoesNotContain("∞", html);
    }

    private static string Write(int classes, bool curves = false, bool all = false)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(i => i == 1 ? Hostile : $"c{i}")];
        var judge = new Judge(names);
        float[] Score(int best) => [.. Enumerable.Range(0, classes).Select(i => i == best ? 3f : 0)];
        judge.Add(Score(0), [0]);
        judge.Add(Score(0), [0]);
        judge.Add(Score(classes > 1 ? 1 : 0), [0]);
        if (classes > 1) judge.Add(Score(1), [1]);
        for (int own = 2; all && own < classes; own++) judge.Add(Score(own), [own]);
        return HtmlReport.Write(new()
        {
            Title = Hostile,
            Facts = [("Model", Hostile)],
            Evaluation = judge.Evaluate(),
            Charts = curves ? [new("Loss", false, new Curve("training", [2, 1, 0.5]), new Curve("validation", [2.5, double.NaN, 0.7])), new("Accuracy", true, new Curve("training", [0.5]))] : [],
        });
    }

    private static XElement Figure(XElement page, string label) => page.Descendants("svg").Single(svg => svg.Attribute("aria-label")?.Value == label);

    private static XElement Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
