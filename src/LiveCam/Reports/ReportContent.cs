using LiveCam.Engine.Training.Metrics;

namespace LiveCam.Reports;

/// <summary>One line of a chart: a value for each epoch, the first for epoch 1; not a number where there is none.</summary>
internal sealed record Curve(string Name, IReadOnlyList<double> Values);

/// <summary>Curves that share their axes.</summary>
/// <param name="IsPart">Whether values are fractions, shown as percent.</param>
internal sealed record CurveChart(string Title, bool IsPart, params Curve[] Curves);

/// <summary>What a report tells.</summary>
internal sealed record ReportContent
{
    public required string Title { get; init; }
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }
    public required Evaluation Evaluation { get; init; }

    /// <summary>The norm of each layer's gradient over epochs; none where nothing was trained.</summary>
    public IReadOnlyList<Curve> Gradients { get; init; } = [];

    /// <summary>How training went; none where nothing was trained.</summary>
    public IReadOnlyList<CurveChart> Charts { get; init; } = [];
}
