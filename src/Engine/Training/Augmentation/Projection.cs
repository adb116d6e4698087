namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A projective map of the plane, rows (A B C), (D E F), (G H I): (x, y, 1) times it, divided by the third coordinate.</summary>
internal readonly record struct Projection(double A, double B, double C, double D, double E, double F, double G = 0, double H = 0, double I = 1)
{
    public static Projection Identity { get; } = new(1, 0, 0, 0, 1, 0);

    public static Projection Shift(double x, double y) => new(1, 0, x, 0, 1, y);

    public static Projection Zoom(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>Clockwise on screen (y points down).</summary>
    public static Projection Turn(double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, -sin, 0, sin, cos, 0);
    }

    /// <summary>The map that does <paramref name="second"/> first and then <paramref name="first"/>.</summary>
    public static Projection operator *(Projection first, Projection second)
    {
        (Projection p, Projection q) = (first, second);
        return new(
            p.A * q.A + p.B * q.D + p.C * q.G, p.A * q.B + p.B * q.E + p.C * q.H, p.A * q.C + p.B * q.F + p.C * q.I,
            p.D * q.A + p.E * q.D + p.F * q.G, p.D * q.B + p.E * q.E + p.F * q.H, p.D * q.C + p.E * q.F + p.F * q.I,
            p.G * q.A + p.H * q.D + p.I * q.G, p.G * q.B + p.H * q.E + p.I * q.H, p.G * q.C + p.H * q.F + p.I * q.I);
    }

    public (double X, double Y) Apply(double x, double y)
    {
        if (G == 0 && H == 0 && I == 1) return (A * x + B * y + C, D * x + E * y + F);
        double z = G * x + H * y + I;
        return ((A * x + B * y + C) / z, (D * x + E * y + F) / z);
    }
}
