namespace MotionMeter;

/// <summary>How much the picture moves. Other plugins of this library, and libraries that reference it, read it with <c>frame.Get&lt;Motion&gt;()</c>.</summary>
/// <param name="Level">From 0, where a picture is the one before, to 1, where black became white everywhere.</param>
public sealed record Motion(double Level);
