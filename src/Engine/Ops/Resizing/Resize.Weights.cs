using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record Resize
{
    /// <summary>What each place of the output takes from which places of the input (ONNX Resize; the filter of a smaller picture as of operator set 18).</summary>
    internal AxisWeights Weights(Change change)
    {
        var weights = new AxisWeights();
        for (int i = 0; i < change.Output; i++)
        {
            double at = Place(i, change);
            if (Coordinates == ResizeCoordinates.TfCropAndResize && (at < 0 || at > change.Input - 1))
                weights.Add([], Extrapolation);
            else
                weights.Add(Mode == ResizeMode.Nearest ? [(Math.Clamp(Round(at), 0, change.Input - 1), 1.0)] : Terms(at, change));
        }
        return weights;
    }

    /// <summary>The place of the input that place i of the output is.</summary>
    private double Place(int i, Change change)
    {
        (double scale, int from, double to) = (change.Scale, change.Input, change.Length);
        switch (Coordinates)
        {
            case ResizeCoordinates.HalfPixelSymmetric:
                double adjustment = change.Output / (scale * from);
                return from / 2.0 * (1 - adjustment) + (i + 0.5) / scale - 0.5;
            case ResizeCoordinates.PytorchHalfPixel:
                return to > 1 ? (i + 0.5) / scale - 0.5 : 0;
            case ResizeCoordinates.AlignCorners:
                return to > 1 ? i * (from - 1.0) / (to - 1) : 0;
            case ResizeCoordinates.Asymmetric:
                return i / scale;
            case ResizeCoordinates.TfHalfPixelForNn:
                return (i + 0.5) / scale;
            case ResizeCoordinates.TfCropAndResize:
                return to > 1 ? change.Start * (from - 1) + i * (change.End - change.Start) * (from - 1) / (to - 1) : 0.5 * (change.Start + change.End) * (from - 1);
            default:
                return (i + 0.5) / scale - 0.5;
        }
    }

    private int Round(double at) => (int)(Nearest switch
    {
        NearestRule.RoundPreferFloor => Math.Ceiling(at - 0.5),
        NearestRule.RoundPreferCeil => Math.Floor(at + 0.5),
        NearestRule.Floor => Math.Floor(at),
        _ => Math.Ceiling(at),
    });

    /// <summary>The neighbours of a place and their weights, which add up to 1.</summary>
    private IEnumerable<(int Place, double Weight)> Terms(double at, Change change)
    {
        double reach = Mode == ResizeMode.Linear ? 1 : 2, stretch = Antialias ? Math.Min(1, change.Scale) : 1;
        int first = (int)Math.Floor(at - reach / stretch) + 1, last = (int)Math.Ceiling(at + reach / stretch) - 1;
        var terms = new List<(int Place, double Weight)>();
        for (int place = first; place <= last; place++)
            if (!ExcludeOutside || place >= 0 && place < change.Input)
                terms.Add((Math.Clamp(place, 0, change.Input - 1), Filter(Math.Abs(place - at) * stretch)));
        double sum = terms.Sum(term => term.Weight);
        return sum == 0 ? [] : terms.Select(term => (term.Place, term.Weight / sum));
    }

    private double Filter(double distance)
    {
        double a = CubicFactor, d = distance;
        return Mode == ResizeMode.Linear ? Math.Max(0, 1 - d)
            : d < 1 ? ((a + 2) * d - (a + 3)) * d * d + 1
            : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
    }
}
