namespace LiveCam.Engine.Explaining;

/// <summary>A map that ought to add up to a difference of scores.</summary>
internal interface ICompleteness
{
    /// <summary>How far the map's sum is from that difference, as a part of it.</summary>
    double CompletenessError { get; }
}
