using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Hosting;

/// <summary>A layer as one number for each channel: the mean over its places where it is a map.</summary>
public static class FeatureVector
{
    /// <summary>How many channels a layer has.</summary>
    public static int Count(Shape shape, PictureAxes axes) => shape.Rank == 4 ? shape[axes.Channel] : shape.ElementCount;

    /// <summary>Where channels and places of a layer lie.</summary>
    /// <param name="form">How its elements lie in memory.</param>
    public static ChannelPlaces Places(MemoryFormat form, Shape shape, PictureAxes axes)
    {
        int count = Count(shape, axes);
        if (shape.Rank == 4)
            return new(count, form.Strides[axes.Channel], shape[axes.Row], form.Strides[axes.Row], shape[axes.Column], form.Strides[axes.Column]);
        // Whatever the rank, the axis that is longer than 1 is the features.
        int axis = 0;
        while (axis < shape.Rank && shape[axis] != count) axis++;
        return new(count, axis < shape.Rank ? form.Strides[axis] : 0, 1, 0, 1, 0);
    }

    /// <summary>The mean of each channel.</summary>
    /// <param name="values">The layer's memory from its first element on.</param>
    /// <param name="features">As many as there are channels, overwritten.</param>
    public static void Read(ReadOnlySpan<float> values, ChannelPlaces places, Span<float> features)
    {
        for (int c = 0; c < features.Length; c++)
        {
            double sum = 0;
            for (int y = 0; y < places.Rows; y++)
                for (int x = 0; x < places.Columns; x++) sum += values[checked((int)(c * places.Channel + y * places.Row + x * places.Column))];
            features[c] = (float)(sum / (places.Rows * places.Columns));
        }
    }
}
