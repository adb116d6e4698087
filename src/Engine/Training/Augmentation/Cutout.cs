namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// A square of the picture's mean colour somewhere, its centre anywhere in the picture (DeVries and Taylor: Improved regularization of
/// convolutional neural networks with cutout, 2017).
/// </summary>
/// <param name="Side">Pixels.</param>
internal sealed record Cutout(double Side) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        int side = (int)Side, x = random.Below(picture.Width) - side / 2, y = random.Below(picture.Height) - side / 2;
        int left = Math.Max(x, 0), right = Math.Min(x + side, picture.Width);
        for (int c = 0; c < picture.Channels; c++)
        {
            float mean = picture.Mean(c);
            for (int row = Math.Max(y, 0); row < Math.Min(y + side, picture.Height); row++)
                picture.Plane(c)[(row * picture.Width + left)..(row * picture.Width + right)].Fill(mean);
        }
    }
}
