namespace LiveCam.Engine.Training.Augmentation;

/// <summary>The light of one lamp over or beside the paper: brightest below it and darker with the distance.</summary>
/// <param name="Part">How much of the light is lost at most, a picture's diagonal away from the lamp.</param>
internal sealed record Shade(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        double x = random.Uniform(-0.3, 1.3) * picture.Width, y = random.Uniform(-0.3, 1.3) * picture.Height;
        double lost = random.Uniform(0, Part), diagonal = Math.Sqrt((double)picture.Width * picture.Width + (double)picture.Height * picture.Height);
        for (int row = 0, at = 0; row < picture.Height; row++)
            for (int column = 0; column < picture.Width; column++, at++)
            {
                double dx = column + 0.5 - x, dy = row + 0.5 - y;
                float light = (float)(1 - lost * Math.Min(1, Math.Sqrt(dx * dx + dy * dy) / diagonal));
                for (int c = 0; c < picture.Channels; c++) picture.Values[c * picture.PlaneSize + at] *= light;
            }
    }
}
