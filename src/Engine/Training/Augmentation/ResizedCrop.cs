namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// A part of the picture, stretched to the whole: its area and its shape (3:4 to 4:3 of the picture's) vary, and where it is (Szegedy and
/// others: Going deeper with convolutions, CVPR 2015, section 6).
/// </summary>
/// <param name="Least">The smallest part of the area, 0.05 to 1.</param>
internal sealed record ResizedCrop(double Least) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random)
    {
        double area = random.Uniform(Least, 1), shape = Math.Exp(random.Uniform(-1, 1) * Math.Log(4.0 / 3));
        double across = Math.Min(1, Math.Sqrt(area * shape)), down = Math.Min(1, Math.Sqrt(area / shape));
        double x = random.Uniform(-1, 1) * (1 - across) / 2 * warp.Width, y = random.Uniform(-1, 1) * (1 - down) / 2 * warp.Height;
        warp.Add(Projection.Shift(x, y) * Projection.Zoom(across, down));
    }
}
