namespace LiveCam.Engine.Vision;

/// <summary>Distances between neighbours of one image inside a float tensor, in elements: element (y, x, c) is at Y y + X x + C c.</summary>
public readonly record struct TensorStrides(int Y, int X, int C)
{
    /// <summary>Rows of pixels of channels; <paramref name="pitch"/> elements from pixel to pixel (at least the channels).</summary>
    public static TensorStrides ChannelsLast(int width, int pitch) => new(checked(width * pitch), pitch, 1);

    /// <summary>One plane a channel, as in N, C, H, W.</summary>
    public static TensorStrides Planar(int width, int height) => new(width, 1, checked(width * height));
}
