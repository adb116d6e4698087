namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A variation that can be named: the word, what it does, its one number and how to make it.</summary>
/// <param name="Does">For people, as in <c>up to this many degrees either way</c>.</param>
/// <param name="Usual">The number when none is given.</param>
public sealed record VariationKind(string Name, string Does, string Number, double Usual, double Least, double Most, bool IsWhole, Func<double, Variation> Make)
{
    /// <summary>The word with a number worth trying, for errors.</summary>
    public string Example => FormattableString.Invariant($"{Name}:{Usual}");
}

/// <summary>The one table of variations.</summary>
public static class Variations
{
    public static IReadOnlyList<VariationKind> All { get; } =
    [
        new("mirror", "left and right swapped", "part of the pictures", 0.5, 0, 1, false, x => new Mirror(x)),
        new("crop", "shifted by whole pixels", "pixels", 4, 0, 64, true, x => new Crop(x)),
        new("resizedcrop", "a part stretched to the whole", "smallest part of the area", 0.25, 0.05, 1, false, x => new ResizedCrop(x)),
        new("translate", "shifted", "part of the side", 0.1, 0, 1, false, x => new Translate(x)),
        new("rotate", "turned", "degrees", 15, 0, 180, false, x => new Rotate(x)),
        new("scale", "larger or smaller", "part", 0.15, 0, 4, false, x => new Scale(x)),
        new("perspective", "seen from aside", "part", 0.2, 0, 0.9, false, x => new Perspective(x)),
        new("elastic", "bent smoothly", "part of the side", 0.03, 0, 0.2, false, x => new Elastic(x)),
        new("brightness", "lighter or darker", "part of full scale", 0.2, 0, 1, false, x => new Brightness(x)),
        new("contrast", "harder or softer", "part", 0.3, 0, 1, false, x => new Contrast(x)),
        new("saturation", "colours stronger or paler", "part", 0.4, 0, 1, false, x => new Saturation(x)),
        new("colour", "each channel for itself", "part", 0.15, 0, 1, false, x => new Colour(x)),
        new("cutout", "a square of the mean colour", "side in pixels", 8, 1, 4096, true, x => new Cutout(x)),
        new("erase", "a rectangle of noise", "part of the pictures", 0.5, 0, 1, false, x => new Erase(x)),
        new("shade", "light falling off from a lamp", "part of the light", 0.6, 0, 1, false, x => new Shade(x)),
        new("blur", "out of focus", "pixels", 1, 0, 32, false, x => new Blur(x)),
        new("thickness", "thicker or thinner strokes", "pixels", 1, 0, 8, false, x => new Thickness(x)),
        new("invert", "dark and light swapped", "part of the pictures", 0.5, 0, 1, false, x => new Invert(x)),
        new("noise", "a sensor's noise", "of 255", 12, 0, 128, false, x => new Noise(x)),
        new("mixup", "blended with another sample", "alpha", 0.2, 0.01, 4, false, x => new Mixup(x)),
    ];
}
