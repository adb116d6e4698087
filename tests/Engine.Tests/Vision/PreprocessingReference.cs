using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

/// <summary>
/// The contract in double precision, written the long way round: the pixels are really turned and mirrored first, and every target
/// pixel looks at every source pixel.
/// </summary>
internal static class PreprocessingReference
{
    /// <summary>Values as [y, x, c].</summary>
    public static double[,,] Run(Preprocessing contract, Picture picture)
    {
        double[,,] view = Colours(picture, contract);
        Region region = contract.Region;
        (double left, double top, double width, double height) = (region.Left, region.Top, region.Width, region.Height);
        for (int quarter = 0; quarter < contract.Rotation / 90; quarter++)
        {
            view = Clockwise(view);
            (left, top, width, height) = (1 - top - height, left, height, width);
        }
        if (contract.Mirror)
        {
            view = Mirror(view);
            left = 1 - left - width;
        }
        int rows = view.GetLength(0), columns = view.GetLength(1), channels = contract.Channels;
        (left, top, width, height) = (left * columns, top * rows, width * columns, height * rows);
        int across = contract.Width, down = contract.Height;
        if (contract.Fit == Fit.Crop)
        {
            if (contract.Resample == Resample.Area)
            {
                double side = Math.Min(width / across, height / down) * contract.CropFraction;
                left += (width - across * side) / 2;
                top += (height - down * side) / 2;
                (width, height) = (across * side, down * side);
            }
            else
            {
                // All of it at the size of which the target is the middle, in whole pixels.
                bool wide = width * down > height * across;
                double whole = Math.Round((wide ? down : across) / contract.CropFraction);
                (double resizedWidth, double resizedHeight) = wide ? (Math.Floor(width * whole / height), whole) : (whole, Math.Floor(height * whole / width));
                (resizedWidth, resizedHeight) = (Math.Max(resizedWidth, across), Math.Max(resizedHeight, down));
                left += Math.Round((resizedWidth - across) / 2) * width / resizedWidth;
                top += Math.Round((resizedHeight - down) / 2) * height / resizedHeight;
                (width, height) = (across * width / resizedWidth, down * height / resizedHeight);
            }
        }
        if (contract.Fit == Fit.Letterbox)
        {
            double scale = Math.Min(across / width, down / height);
            across = Math.Clamp((int)Math.Round(width * scale), 1, across);
            down = Math.Clamp((int)Math.Round(height * scale), 1, down);
        }
        int barLeft = (contract.Width - across) / 2, barTop = (contract.Height - down) / 2;

        var result = new double[contract.Height, contract.Width, channels];
        for (int y = 0; y < contract.Height; y++)
            for (int x = 0; x < contract.Width; x++)
            {
                bool bar = y < barTop || y >= barTop + down || x < barLeft || x >= barLeft + across;
                for (int c = 0; c < channels; c++)
                {
                    double pixel = 0;
                    if (bar) pixel = PadPixel(contract, c);
                    else
                        for (int v = 0; v < rows; v++)
                        {
                            double rowWeight = Weight(contract.Resample, v, rows, top, height, down, y - barTop), row = 0;
                            if (rowWeight == 0) continue;
                            for (int u = 0; u < columns; u++)
                                row += Weight(contract.Resample, u, columns, left, width, across, x - barLeft) * view[v, u, c];
                            pixel += rowWeight * Cut(row);
                        }
                    pixel = Cut(pixel);
                    result[y, x, c] = (pixel * contract.Scale - contract.Mean[c]) / contract.StandardDeviation[c];
                }
            }
        return result;

        // The cubic filter overshoots; what it makes of rows, and of columns then, is cut to what a byte holds.
        double Cut(double value) => contract.Resample == Resample.Bicubic ? Math.Clamp(value, 0, 255) : value;
    }

    private static double Weight(Resample filter, int pixel, int pixels, double start, double length, int count, int i)
    {
        double step = length / count;
        double middle = start + (i + 0.5) * step;
        if (filter == Resample.Nearest) return pixel == Math.Min((int)Math.Floor(middle + 1e-6), pixels - 1) ? 1 : 0;
        if (filter is Resample.Antialias or Resample.Bicubic)
        {
            double Filter(int at)
            {
                double x = Math.Abs(at + 0.5 - middle) / Math.Max(step, 1);
                return filter == Resample.Antialias ? Math.Max(0, 1 - x)
                    : x < 1 ? 1.5 * x * x * x - 2.5 * x * x + 1 : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
            }
            return Filter(pixel) / Enumerable.Range(0, pixels).Sum(Filter);
        }
        if (step > 1 && filter == Resample.Area)
        {
            double from = start + i * step, to = from + step;
            return Math.Max(0, Math.Min(to, pixel + 1) - Math.Max(from, pixel)) / step;
        }
        double centre = Math.Clamp(start + (i + 0.5) * step, 0.5, pixels - 0.5);
        return Math.Max(0, 1 - Math.Abs(pixel + 0.5 - centre));
    }

    private static double[,,] Colours(Picture picture, Preprocessing contract)
    {
        var colours = new double[picture.Height, picture.Width, contract.Channels];
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                ReadOnlySpan<byte> p = picture.Row(y).Slice(x * picture.BytesPerPixel, picture.BytesPerPixel);
                (double r, double g, double b) = picture.Format switch
                {
                    PixelFormat.Gray8 => (p[0], p[0], p[0]),
                    PixelFormat.Bgr8 => (p[2], p[1], p[0]),
                    _ => ((double)p[0], (double)p[1], (double)p[2]),
                };
                if (contract.Channels == 1) colours[y, x, 0] = 0.299 * r + 0.587 * g + 0.114 * b;
                else
                    (colours[y, x, 0], colours[y, x, 1], colours[y, x, 2]) = contract.Order == ColourOrder.Rgb ? (r, g, b) : (b, g, r);
            }
        return colours;
    }

    private static double PadPixel(Preprocessing contract, int channel)
    {
        var pixel = new Picture(1, 1, PixelFormat.Rgba8);
        (pixel.Bytes[0], pixel.Bytes[1], pixel.Bytes[2]) = (contract.Pad.Red, contract.Pad.Green, contract.Pad.Blue);
        return Colours(pixel, contract)[0, 0, channel];
    }

    private static double[,,] Clockwise(double[,,] view)
    {
        int rows = view.GetLength(0), columns = view.GetLength(1), channels = view.GetLength(2);
        var turned = new double[columns, rows, channels];
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
                for (int c = 0; c < channels; c++)
                    turned[x, rows - 1 - y, c] = view[y, x, c];
        return turned;
    }

    private static double[,,] Mirror(double[,,] view)
    {
        int rows = view.GetLength(0), columns = view.GetLength(1), channels = view.GetLength(2);
        var mirrored = new double[rows, columns, channels];
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
                for (int c = 0; c < channels; c++)
                    mirrored[y, columns - 1 - x, c] = view[y, x, c];
        return mirrored;
    }
}
