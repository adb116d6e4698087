namespace LiveCam.Engine.Kernels;

/// <summary>
/// Regions of row-major pictures [n][c][h][w], each brought to the same number of cells; a cell is the mean, or the largest part, of a grid
/// of bilinear samples (He et al., "Mask R-CNN", 2017, section 3; the formulas of ONNX RoiAlign). Scalar code.
/// </summary>
/// <param name="Offset">0.5 where coordinates count from the outer edges of pixels, 0 where from their middles.</param>
/// <param name="Samples">Along each axis of a cell; 0 for as many as a cell has pixels.</param>
internal sealed unsafe record RoiAlignment(int Channels, int Height, int Width, int CellRows, int CellColumns, float Scale, float Offset, int Samples, bool Largest)
{
    /// <summary>All cells of one region: y[c][cell].</summary>
    public void Run(float* picture, float* region, float* y)
    {
        new Span<float>(y, Channels * CellRows * CellColumns).Clear();
        Cells(region, (cell, at, of) =>
        {
            for (int c = 0; c < Channels; c++)
            {
                float* plane = picture + (long)c * Height * Width, to = y + (long)c * CellRows * CellColumns + cell;
                float a = at.A * plane[at.PlaceA], b = at.B * plane[at.PlaceB], d = at.D * plane[at.PlaceD], e = at.E * plane[at.PlaceE];
                *to = Largest ? MathF.Max(of.First ? float.NegativeInfinity : *to, MathF.Max(MathF.Max(a, b), MathF.Max(d, e))) : *to + (a + b + d + e) / of.Count;
            }
        });
    }

    /// <summary>Adds what the means of one region pass back to its picture.</summary>
    public void AddGradient(float* dy, float* region, float* picture) => Cells(region, (cell, at, of) =>
    {
        for (int c = 0; c < Channels; c++)
        {
            float share = dy[(long)c * CellRows * CellColumns + cell] / of.Count;
            float* plane = picture + (long)c * Height * Width;
            plane[at.PlaceA] += at.A * share;
            plane[at.PlaceB] += at.B * share;
            plane[at.PlaceD] += at.D * share;
            plane[at.PlaceE] += at.E * share;
        }
    });

    /// <summary>Calls for every sample of every cell.</summary>
    private void Cells(float* region, Action<int, Sample, (bool First, int Count)> visit)
    {
        float left = region[0] * Scale - Offset, top = region[1] * Scale - Offset, width = region[2] * Scale - Offset - left, height = region[3] * Scale - Offset - top;
        if (Offset == 0)
            (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
        float cellWidth = width / CellColumns, cellHeight = height / CellRows;
        int rows = Samples > 0 ? Samples : Many(cellHeight), columns = Samples > 0 ? Samples : Many(cellWidth);
        for (int cell = 0; cell < CellRows * CellColumns; cell++)
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    visit(cell, At(top + (cell / CellColumns + (i + 0.5f) / rows) * cellHeight, left + (cell % CellColumns + (j + 0.5f) / columns) * cellWidth), (i + j == 0, rows * columns));
    }

    // No cell has more samples along an axis than a picture can have pixels, whatever a file says.
    private static int Many(float extent) => (int)Math.Clamp(MathF.Ceiling(extent), 0, 4096);

    private Sample At(float y, float x)
    {
        if (!(y >= -1 && y <= Height && x >= -1 && x <= Width))
            return default;
        (int above, int below, float down) = Neighbours(y, Height);
        (int before, int behind, float right) = Neighbours(x, Width);
        return new(above * Width + before, above * Width + behind, below * Width + before, below * Width + behind,
            (1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right);
    }

    private static (int Low, int High, float Part) Neighbours(float at, int extent)
    {
        at = Math.Max(at, 0);
        int low = Math.Min((int)at, extent - 1);
        return low == extent - 1 ? (low, low, 0) : (low, low + 1, at - low);
    }

    /// <summary>Four places and their weights.</summary>
    private readonly record struct Sample(int PlaceA, int PlaceB, int PlaceD, int PlaceE, float A, float B, float D, float E);
}
