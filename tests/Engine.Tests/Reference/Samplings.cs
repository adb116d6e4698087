using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Sampling at places between pixels, by the ONNX specifications of GridSample and RoiAlign.</summary>
internal static class Samplings
{
    /// <remarks>Terms: the neighbours of a place; a coordinate is in float32, so a weight is off by its rounding times the extent.</remarks>
    public static Answer Grid(GridSample op, Doubles x, Doubles grid)
    {
        int axes = x.Rank - 2;
        Shape shape = Shape.Create([x.Shape[0], x.Shape[1], .. grid.Shape.Skip(1).Take(axes)]);
        return new(Doubles.Of(shape, at => Value(op, x, at[0], at[1], [.. Enumerable.Range(0, axes).Select(i => grid[[at[0], .. at[2..], axes - 1 - i]])])), 64, 64);
    }

    /// <summary>What a picture gets back is linear in what comes: what each of its pixels alone adds to the outputs.</summary>
    public static Answer GridInput(GridSample op, Doubles dy, Doubles grid, Doubles x)
    {
        var dx = new Doubles(x.Shape);
        var one = new Doubles(x.Shape);
        for (int i = 0; i < x.Count; i++)
        {
            one.Data[i] = 1;
            dx.Data[i] = Grid(op, one, grid).Outputs[0].Data.Zip(dy.Data, (a, b) => a * b).Sum();
            one.Data[i] = 0;
        }
        return new(dx, 256, 64);
    }

    /// <summary>Central differences.</summary>
    public static Answer GridGrid(GridSample op, Doubles dy, Doubles x, Doubles grid)
    {
        const double step = 1e-6;
        double Loss(Doubles at) => Grid(op, x, at).Outputs[0].Data.Zip(dy.Data, (a, b) => a * b).Sum();
        var result = new Doubles(grid.Shape);
        var moved = new Doubles(grid.Shape, [.. grid.Data]);
        for (int i = 0; i < grid.Count; i++)
        {
            moved.Data[i] = grid.Data[i] + step;
            double ahead = Loss(moved);
            moved.Data[i] = grid.Data[i] - step;
            result.Data[i] = (ahead - Loss(moved)) / (2 * step);
            moved.Data[i] = grid.Data[i];
        }
        return new(result, 256, 256);
    }

    private static double Value(GridSample op, Doubles x, int n, int c, double[] coordinates)
    {
        IEnumerable<(int[] Place, double Weight)> terms = [([], 1)];
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            (int Place, double Weight)[] here = Neighbours(op, coordinates[axis], x.Shape[axis + 2]);
            terms = terms.SelectMany(term => here.Select(one => ((int[])[.. term.Place, one.Place], term.Weight * one.Weight)));
        }
        return terms.Where(term => !term.Place.Contains(-1)).Sum(term => term.Weight * x[[n, c, .. term.Place]]);
    }

    private static (int, double)[] Neighbours(GridSample op, double coordinate, int extent)
    {
        double at = op.AlignCorners ? (coordinate + 1) / 2 * (extent - 1) : ((coordinate + 1) * extent - 1) / 2;
        double low = op.AlignCorners ? 0 : -0.5, high = op.AlignCorners ? extent - 1 : extent - 0.5;
        double Mirrored(double place)
        {
            while (high > low && (place < low || place > high))
                place = place < low ? 2 * low - place : 2 * high - place;
            return place;
        }
        if (op.Mode != GridMode.Cubic && op.Padding == GridPadding.Reflection)
            at = Mirrored(at);
        if (op.Mode != GridMode.Cubic && op.Padding != GridPadding.Zeros)
            at = Math.Max(0, Math.Min(extent - 1, at));
        int Inside(int place) => place >= 0 && place < extent ? place : op.Padding switch
        {
            GridPadding.Zeros => -1,
            GridPadding.Border => Math.Max(0, Math.Min(extent - 1, place)),
            _ => Math.Max(0, Math.Min(extent - 1, (int)Mirrored(place))),
        };
        int floor = (int)Math.Floor(at);
        double t = at - floor, a = -0.75;
        double Weight(double d) => d <= 1 ? (a + 2) * d * d * d - (a + 3) * d * d + 1 : a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a;
        return op.Mode switch
        {
            GridMode.Nearest => [(Inside((int)Math.Round(at, MidpointRounding.ToEven)), 1)],
            GridMode.Linear => [(Inside(floor), 1 - t), (Inside(floor + 1), t)],
            _ => [(Inside(floor - 1), Weight(1 + t)), (Inside(floor), Weight(t)), (Inside(floor + 1), Weight(1 - t)), (Inside(floor + 2), Weight(2 - t))],
        };
    }

    public static Answer Regions(RoiAlign op, Doubles x, Doubles regions, Doubles numbers) =>
        new(Doubles.Of([regions.Shape[0], x.Shape[1], op.Rows, op.Columns], at =>
        {
            double offset = op.HalfPixel ? 0.5 : 0;
            double left = regions[[at[0], 0]] * op.Scale - offset, top = regions[[at[0], 1]] * op.Scale - offset;
            double width = regions[[at[0], 2]] * op.Scale - offset - left, height = regions[[at[0], 3]] * op.Scale - offset - top;
            if (!op.HalfPixel)
                (width, height) = (Math.Max(1, width), Math.Max(1, height));
            double cellHeight = height / op.Rows, cellWidth = width / op.Columns;
            int rows = op.Samples > 0 ? op.Samples : (int)Math.Ceiling(cellHeight), columns = op.Samples > 0 ? op.Samples : (int)Math.Ceiling(cellWidth);
            var parts = new List<double[]>();
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    parts.Add(Corners(x, (int)numbers.Data[at[0]], at[1], top + at[2] * cellHeight + (i + 0.5) * cellHeight / rows, left + at[3] * cellWidth + (j + 0.5) * cellWidth / columns));
            return parts.Count == 0 ? 0 : op.Largest ? parts.Max(corners => corners.Max()) : parts.Average(corners => corners.Sum());
        }), 256, 64);

    public static Answer RegionsGradient(RoiAlign op, Doubles dy, Doubles regions, Doubles numbers, Doubles x)
    {
        var dx = new Doubles(x.Shape);
        var one = new Doubles(x.Shape);
        for (int i = 0; i < x.Count; i++)
        {
            one.Data[i] = 1;
            dx.Data[i] = Regions(op, one, regions, numbers).Outputs[0].Data.Zip(dy.Data, (a, b) => a * b).Sum();
            one.Data[i] = 0;
        }
        return new(dx, 256, 64);
    }

    private static double[] Corners(Doubles x, int n, int c, double row, double column)
    {
        (int height, int width) = (x.Shape[2], x.Shape[3]);
        if (row < -1 || row > height || column < -1 || column > width)
            return [0, 0, 0, 0];
        (row, column) = (Math.Max(0, row), Math.Max(0, column));
        int above = Math.Min((int)row, height - 1), before = Math.Min((int)column, width - 1);
        int below = Math.Min(above + 1, height - 1), behind = Math.Min(before + 1, width - 1);
        double down = above == height - 1 ? 0 : row - above, right = before == width - 1 ? 0 : column - before;
        return [(1 - down) * (1 - right) * x[[n, c, above, before]], (1 - down) * right * x[[n, c, above, behind]],
            down * (1 - right) * x[[n, c, below, before]], down * right * x[[n, c, below, behind]]];
    }
}
