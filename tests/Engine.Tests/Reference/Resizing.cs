using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Resize by the ONNX specification: for each output element the neighbours of its place along every axis and their coefficients.</summary>
internal static class Resizing
{
    private readonly record struct Line(int Input, int Output, double Length, double Scale, double Start, double End);

    /// <param name="more">Region, scales and sizes.</param>
    /// <remarks>Terms: the neighbours of one element, along every axis.</remarks>
    public static Answer Resize(Resize op, Doubles x, Doubles?[] more)
    {
        Line[] lines = Lines(op, x, more);
        Shape shape = Shape.Create([.. lines.Select(line => line.Output)]);
        int most = 1;
        Doubles y = Doubles.Of(shape, at =>
        {
            (double constant, List<(int Place, double Weight)> terms) = Terms(op, x, lines, at);
            most = Math.Max(most, terms.Count);
            return constant + terms.Sum(term => term.Weight * x.Data[term.Place]);
        });
        return new(y, op.Mode == ResizeMode.Nearest ? 0 : most * 4);
    }

    /// <summary>Each element of the gradient is spread over what the output's element was made of.</summary>
    /// <remarks>Terms: the neighbours of one element and the outputs that saw it are never more than a square of 16 and a few outputs each.</remarks>
    public static Answer Gradient(Resize op, Doubles dy, Doubles x, Doubles?[] more)
    {
        Line[] lines = Lines(op, x, more);
        var dx = new Doubles(x.Shape);
        var counts = new int[dx.Count];
        int index = 0;
        Doubles.Of(dy.Shape, at =>
        {
            foreach ((int place, double weight) in Terms(op, x, lines, at).Terms)
            {
                dx.Data[place] += weight * dy.Data[index];
                counts[place]++;
            }
            index++;
            return 0;
        });
        return new(dx, counts.Append(1).Max() * 4);
    }

    private static Line[] Lines(Resize op, Doubles x, Doubles?[] more)
    {
        int[] axes = op.Axes.Count == 0 ? [.. Enumerable.Range(0, x.Rank)] : [.. op.Axes.Select(axis => axis < 0 ? axis + x.Rank : axis)];
        double[]? region = more.ElementAtOrDefault(0)?.Data, scales = more.ElementAtOrDefault(1)?.Data, sizes = more.ElementAtOrDefault(2)?.Data;
        var lines = new Line[x.Rank];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            int extent = x.Shape[axis], i = Array.IndexOf(axes, axis);
            if (i < 0)
            {
                lines[axis] = new(extent, extent, extent, 1, 0, 1);
                continue;
            }
            double scale = scales?[i] ?? sizes![i] / extent;
            int output = scales is null ? (int)sizes![i] : (int)Math.Floor(extent * scale);
            if (scales is null && op.AspectRatio != AspectRatio.Stretch)
            {
                IEnumerable<double> all = axes.Select((a, k) => sizes![k] / x.Shape[a]);
                scale = op.AspectRatio == AspectRatio.NotLarger ? all.Min() : all.Max();
                output = (int)Math.Round(scale * extent, MidpointRounding.AwayFromZero);
            }
            lines[axis] = new(extent, output, scales is null ? output : extent * scale, scale, region is { Length: > 0 } ? region[i] : 0, region is { Length: > 0 } ? region[axes.Length + i] : 1);
        }
        return lines;
    }

    private static (double Constant, List<(int Place, double Weight)> Terms) Terms(Resize op, Doubles x, Line[] lines, int[] at)
    {
        var terms = new List<(int Place, double Weight)> { (0, 1) };
        for (int axis = 0; axis < lines.Length; axis++)
        {
            Line line = lines[axis];
            double place = Place(op.Coordinates, line, at[axis]);
            if (op.Coordinates == ResizeCoordinates.TfCropAndResize && (place < 0 || place > line.Input - 1))
                return (op.Extrapolation, []);
            (int Place, double Weight)[] here = line is { Scale: 1 } && line.Input == line.Output && op.Coordinates != ResizeCoordinates.TfCropAndResize
                ? [(at[axis], 1)] : Neighbours(op, line, place);
            terms = [.. terms.SelectMany(term => here.Select(one => (term.Place * line.Input + one.Place, term.Weight * one.Weight)))];
        }
        return (0, terms);
    }

    private static double Place(ResizeCoordinates mode, Line line, int at) => mode switch
    {
        ResizeCoordinates.HalfPixel => (at + 0.5) / line.Scale - 0.5,
        ResizeCoordinates.HalfPixelSymmetric =>
            line.Input / 2.0 * (1 - line.Output / (line.Scale * line.Input)) + (at + 0.5) / line.Scale - 0.5,
        ResizeCoordinates.PytorchHalfPixel => line.Length > 1 ? (at + 0.5) / line.Scale - 0.5 : 0,
        ResizeCoordinates.AlignCorners => line.Length <= 1 ? 0 : at * (line.Input - 1) / (line.Length - 1),
        ResizeCoordinates.Asymmetric => at / line.Scale,
        ResizeCoordinates.TfHalfPixelForNn => (at + 0.5) / line.Scale,
        _ => line.Length > 1
            ? line.Start * (line.Input - 1) + at * (line.End - line.Start) * (line.Input - 1) / (line.Length - 1)
            : 0.5 * (line.Start + line.End) * (line.Input - 1),
    };

    /// <summary>The specification's neighbours, as many as there are coefficients; beyond an edge stands the edge.</summary>
    private static (int, double)[] Neighbours(Resize op, Line line, double at)
    {
        int floor = (int)Math.Floor(at);
        double ratio = at - floor, scale = op.Antialias ? Math.Min(1, line.Scale) : 1;
        if (op.Mode == ResizeMode.Nearest)
        {
            int nearest = op.Nearest switch
            {
                NearestRule.RoundPreferFloor => ratio == 0.5 ? floor : (int)Math.Round(at),
                NearestRule.RoundPreferCeil => ratio == 0.5 ? floor + 1 : (int)Math.Round(at),
                NearestRule.Floor => floor,
                _ => ratio == 0 ? floor : floor + 1,
            };
            return [(Math.Max(0, Math.Min(line.Input - 1, nearest)), 1)];
        }
        int reach = (int)Math.Ceiling((op.Mode == ResizeMode.Linear ? 1 : 2) / scale);
        var list = new List<(int Place, double Weight)>();
        for (int i = 1 - reach; i <= reach; i++)
        {
            double distance = Math.Abs(i - ratio) * scale, a = op.CubicFactor;
            double weight = op.Mode == ResizeMode.Linear ? (distance < 1 ? 1 - distance : 0)
                : distance <= 1 ? (a + 2) * Math.Pow(distance, 3) - (a + 3) * Math.Pow(distance, 2) + 1
                : distance < 2 ? a * Math.Pow(distance, 3) - 5 * a * Math.Pow(distance, 2) + 8 * a * distance - 4 * a : 0;
            int place = floor + i;
            if (!op.ExcludeOutside || place >= 0 && place < line.Input)
                list.Add((Math.Max(0, Math.Min(line.Input - 1, place)), weight));
        }
        double sum = list.Sum(one => one.Weight);
        return [.. list.Select(one => (one.Place, one.Weight / sum))];
    }
}
