namespace LiveCam.Plugins.FeatureMaps;

/// <summary>What one colour scale of the feature maps is shared by.</summary>
public enum MapScope
{
    /// <summary>All channels of the layer.</summary>
    Layer,
    /// <summary>Each channel has its own.</summary>
    Unit,
    /// <summary>All layers that were looked at.</summary>
    Net,
}
