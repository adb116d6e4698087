using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Networks;

/// <summary>A layer as one number for each channel: the mean over its places where it is a map.</summary>
internal static class FeatureVector
{
    public static int Count(Shape shape, PictureAxes axes) => shape.Rank == 4 ? shape[axes.Channel] : shape.ElementCount;

    /// <param name="values">The layer's memory from its first element on.</param>
    /// <param name="form">How its elements lie in it.</param>
    /// <param name="features">As many as <see cref="Count"/>, overwritten.</param>
    public static void Read(ReadOnlySpan<float> values, Form form, Shape shape, PictureAxes axes, Span<float> features)
    {
        if (shape.Rank != 4)
        {
            // Whatever the rank, the axis that is longer than 1 is the features.
            int axis = 0;
            while (shape[axis] != features.Length) axis++;
            for (int i = 0; i < features.Length; i++) features[i] = values[checked((int)(i * form.Strides[axis]))];
            return;
        }
        (int rows, int columns) = (shape[axes.Row], shape[axes.Column]);
        (long across, long down, long right) = (form.Strides[axes.Channel], form.Strides[axes.Row], form.Strides[axes.Column]);
        for (int c = 0; c < features.Length; c++)
        {
            double sum = 0;
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++) sum += values[checked((int)(c * across + y * down + x * right))];
            features[c] = (float)(sum / (rows * columns));
        }
    }
}
