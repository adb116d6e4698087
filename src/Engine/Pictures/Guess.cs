namespace LiveCam.Engine.Pictures;

/// <summary>One class a network considers: its index, its name, and its probability 0..1.</summary>
public readonly record struct Guess(int Index, string Label, float Probability);
