namespace LiveCam.Engine.Vision;

/// <summary>A contract backwards: a grid over the network's input comes back to the picture's own pixels.</summary>
internal static class BackProjection
{
    /// <summary>
    /// Each pixel reads the grid where the contract puts its center: linear between the four nearest centers of the grid, or the mean of what the pixel covers where that
    /// is more than one. Pixels the network does not see (outside the crop or the region) are 0.
    /// </summary>
    /// <param name="grid">Rows over the whole input of the network, <paramref name="gridWidth"/> by <paramref name="gridHeight"/>.</param>
    /// <returns><paramref name="height"/> rows of <paramref name="width"/>.</returns>
    public static float[] Run(ReadOnlySpan<float> grid, int gridWidth, int gridHeight, Preprocessing contract, int width, int height)
    {
        Resampling map = Resampling.Of(contract, width, height);
        // The grid's axis that the picture's columns run along, and the one its rows do.
        double perX = (double)gridWidth / contract.Width, perY = (double)gridHeight / contract.Height;
        Axis columns = map.Turned ? Axis.Over(map.Horizontal, width, map.FlipY, map.Top, perY, gridHeight) : Axis.Over(map.Horizontal, width, map.FlipX, map.Left, perX, gridWidth);
        Axis rows = map.Turned ? Axis.Over(map.Vertical, height, map.FlipX, map.Left, perX, gridWidth) : Axis.Over(map.Vertical, height, map.FlipY, map.Top, perY, gridHeight);
        (int alongColumns, int alongRows) = map.Turned ? (gridWidth, 1) : (1, gridWidth);
        int lines = map.Turned ? gridWidth : gridHeight;
        // Along the picture's columns first, for every line of the grid.
        var across = new float[lines * width];
        for (int line = 0; line < lines; line++)
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int tap = 0; tap < columns.Weights[x].Length; tap++) sum += columns.Weights[x][tap] * grid[line * alongRows + (columns.First[x] + tap) * alongColumns];
                across[line * width + x] = sum;
            }
        var result = new float[width * height];
        for (int y = 0; y < height; y++)
            for (int tap = 0; tap < rows.Weights[y].Length; tap++)
            {
                float weight = rows.Weights[y][tap];
                ReadOnlySpan<float> line = across.AsSpan((rows.First[y] + tap) * width, width);
                Span<float> to = result.AsSpan(y * width, width);
                for (int x = 0; x < width; x++) to[x] += weight * line[x];
            }
        return result;
    }

    /// <summary>For each pixel along one axis of the picture, the first place of the grid it reads and the weights from there on; none outside.</summary>
    private readonly record struct Axis(int[] First, float[][] Weights)
    {
        private const double One = 1L << 32;

        public static Axis Over(ResampleAxis axis, int pixels, bool flips, int offset, double places, int count)
        {
            var result = new Axis(new int[pixels], new float[pixels][]);
            double start = axis.Start / One, step = axis.Step / One;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                double low = (pixel - start) / step, high = (pixel + 1 - start) / step;
                if (flips) (low, high) = (axis.Count - high, axis.Count - low);
                bool isSeen = (low + high) / 2 >= 0 && (low + high) / 2 <= axis.Count;
                (result.First[pixel], result.Weights[pixel]) = isSeen ? Taps((low + offset) * places, (high + offset) * places, count) : (0, []);
            }
            return result;
        }

        private static (int First, float[] Weights) Taps(double low, double high, int count)
        {
            if (high - low <= 1)
            {
                double at = Math.Clamp((low + high) / 2 - 0.5, 0, count - 1);
                int first = Math.Min((int)at, Math.Max(0, count - 2));
                return count == 1 ? (0, [1]) : (first, [(float)(1 - (at - first)), (float)(at - first)]);
            }
            (low, high) = (Math.Clamp(low, 0, count), Math.Clamp(high, 0, count));
            int from = Math.Min((int)low, count - 1), to = Math.Min((int)Math.Ceiling(high), count);
            var weights = new float[Math.Max(1, to - from)];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = (float)((Math.Min(high, from + i + 1) - Math.Max(low, from + i)) / Math.Max(high - low, 1e-9));
            return (from, weights);
        }
    }
}
