namespace LiveCam.Engine.Data;

/// <summary>What a person says about data that do not say it themselves.</summary>
/// <param name="ImageColumn">Of a CSV: the heading of the column that names the pictures, or its number from 1; null finds it.</param>
/// <param name="LabelColumn">As <paramref name="ImageColumn"/>, of the column that holds the labels.</param>
/// <param name="AllowsOutside">Of a CSV: whether its rows may name files outside of its folder.</param>
public sealed record DataOptions(string? ImageColumn = null, string? LabelColumn = null, bool AllowsOutside = false);
