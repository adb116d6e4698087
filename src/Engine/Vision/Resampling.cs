namespace LiveCam.Engine.Vision;

/// <summary>
/// Where each target pixel of a contract comes from, for one source size: two axes that follow the source's rows and columns (so the
/// resize knows nothing of rotation) and an exact map of target to axis positions.
/// </summary>
internal sealed record Resampling
{
    /// <summary>Along the source's columns and rows. Their counts are target pixels (turned with the picture).</summary>
    public required ResampleAxis Horizontal { get; init; }
    public required ResampleAxis Vertical { get; init; }

    /// <summary>The content's rectangle in the target, in pixels; the whole target except for Letterbox.</summary>
    public required int Left { get; init; }
    public required int Top { get; init; }
    public required int ContentWidth { get; init; }
    public required int ContentHeight { get; init; }

    /// <summary>Whether the horizontal axis runs along the target's rows (90 and 270 degrees swap them).</summary>
    public required bool Turned { get; init; }
    /// <summary>Whether target x (or y) decreases while its axis increases.</summary>
    public required bool FlipX { get; init; }
    public required bool FlipY { get; init; }

    /// <summary>Works out the axes; a source of any size at all has some.</summary>
    public static Resampling Of(Preprocessing contract, int sourceWidth, int sourceHeight)
    {
        bool turned = contract.Rotation is 90 or 270;
        Region region = contract.Region;
        double left = region.Left * sourceWidth, top = region.Top * sourceHeight;
        double width = region.Width * sourceWidth, height = region.Height * sourceHeight;
        // The target as the source's axes see it.
        int across = turned ? contract.Height : contract.Width;
        int down = turned ? contract.Width : contract.Height;
        // Clockwise by 90: source rows, top first, become target columns, right first.
        bool flipX = (contract.Rotation is 90 or 180) != contract.Mirror, flipY = contract.Rotation is 180 or 270;
        if (contract.Fit == Fit.Crop)
        {
            bool wide = width * down > height * across;
            double cropWidth = (wide ? height * across / down : width) * contract.CropFraction;
            double cropHeight = (wide ? height : width * down / across) * contract.CropFraction;
            if (contract.Resample == Resample.Area)
            {
                left += (width - cropWidth) / 2;
                top += (height - cropHeight) / 2;
                (width, height) = (cropWidth, cropHeight);
            }
            else
            {
                // The size everything would be resized to before the target is cut out of its middle.
                int wholeAcross = Math.Max(across, wide ? (int)(width * Math.Round(down / contract.CropFraction) / height) : (int)Math.Round(across / contract.CropFraction));
                int wholeDown = Math.Max(down, wide ? (int)Math.Round(down / contract.CropFraction) : (int)(height * Math.Round(across / contract.CropFraction) / width));
                left += width / wholeAcross * Margin(wholeAcross - across, turned ? flipY : flipX);
                top += height / wholeDown * Margin(wholeDown - down, turned ? flipX : flipY);
                (width, height) = (width / wholeAcross * across, height / wholeDown * down);
            }
        }
        else if (contract.Fit == Fit.Letterbox)
        {
            double scale = Math.Min(across / width, down / height);
            across = Math.Clamp((int)Math.Round(width * scale), 1, across);
            down = Math.Clamp((int)Math.Round(height * scale), 1, down);
        }
        int contentWidth = turned ? down : across, contentHeight = turned ? across : down;
        return new Resampling
        {
            Horizontal = ResampleAxis.Over(sourceWidth, left, width, across, contract.Resample),
            Vertical = ResampleAxis.Over(sourceHeight, top, height, down, contract.Resample),
            Left = (contract.Width - contentWidth) / 2,
            Top = (contract.Height - contentHeight) / 2,
            ContentWidth = contentWidth,
            ContentHeight = contentHeight,
            Turned = turned,
            FlipX = flipX,
            FlipY = flipY,
        };

        // The margin is that of the turned picture: on a flipped axis it is left at the other end.
        static double Margin(int rest, bool isFlipped) => Math.Round(rest / 2.0) is var margin && isFlipped ? rest - margin : margin;
    }
}
