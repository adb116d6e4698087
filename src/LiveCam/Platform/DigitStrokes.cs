using System.Globalization;

namespace LiveCam.Platform;

/// <summary>The ten digits as a pen writes them: lines in a box of height 1 and width 0.64, y downwards.</summary>
internal static class DigitStrokes
{
    /// <summary>Straight pieces that a curve is drawn with.</summary>
    private const int Pieces = 24;

    /// <summary>One straight piece of a stroke.</summary>
    public readonly record struct Line(double X0, double Y0, double X1, double Y1);

    /// <summary>The lines of each digit.</summary>
    public static IReadOnlyList<Line[]> All { get; } =
    [
        Trace("M.32,0 Q.02,0 .02,.5 Q.02,1 .32,1 Q.62,1 .62,.5 Q.62,0 .32,0"),
        Trace("M.37,0 L.29,1"),
        Trace("M.06,.22 Q.1,0 .34,0 Q.6,.02 .58,.28 Q.54,.56 .04,.98 L.62,.96"),
        Trace("M.08,.08 Q.32,-.06 .5,.1 Q.64,.36 .26,.46 Q.66,.5 .58,.78 Q.44,1.06 .04,.92"),
        Trace("M.16,.02 Q.1,.36 .04,.56 L.62,.54 M.48,.1 L.44,1"),
        Trace("M.58,.02 L.18,.04 L.12,.44 Q.62,.32 .58,.7 Q.48,1.06 .06,.94"),
        Trace("M.46,0 Q.06,.28 .07,.72 Q.12,1 .34,1 Q.6,.96 .57,.74 Q.5,.5 .26,.58 Q.1,.66 .07,.76"),
        Trace("M.04,.04 L.6,.04 Q.36,.5 .28,1"),
        Trace("M.54,.14 Q.32,-.1 .12,.14 Q.08,.3 .32,.46 Q.62,.62 .54,.86 Q.32,1.1 .08,.86 Q.04,.64 .32,.46 Q.6,.3 .54,.14"),
        Trace("M.56,.18 Q.32,-.1 .1,.18 Q.04,.46 .28,.5 Q.5,.46 .56,.18 Q.56,.6 .44,1"),
    ];

    // M moves, L draws a line, Q a quadratic Bézier curve: control point, then end.
    private static Line[] Trace(string path)
    {
        var lines = new List<Line>();
        double[] numbers = [.. path.Split(['M', 'L', 'Q', ' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        double x = 0, y = 0;
        int at = 0;
        foreach (char letter in path.Where(char.IsAsciiLetterUpper))
        {
            if (letter == 'Q')
            {
                (double cx, double cy, double ex, double ey, double sx, double sy) = (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], x, y);
                at += 4;
                for (int i = 1; i <= Pieces; i++)
                {
                    double t = (double)i / Pieces, s = 1 - t;
                    (double nx, double ny) = (s * s * sx + 2 * s * t * cx + t * t * ex, s * s * sy + 2 * s * t * cy + t * t * ey);
                    lines.Add(new(x, y, nx, ny));
                    (x, y) = (nx, ny);
                }
                continue;
            }
            if (letter == 'L') lines.Add(new(x, y, numbers[at], numbers[at + 1]));
            (x, y) = (numbers[at], numbers[at + 1]);
            at += 2;
        }
        return [.. lines];
    }
}
