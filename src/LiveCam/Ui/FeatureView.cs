using LiveCam.Ui.Widgets;

namespace LiveCam.Ui;

/// <summary>The chosen layer as it is shown; the same object as long as a layer is. Published by whoever paints the tiles.</summary>
public sealed class FeatureView
{
    /// <summary>The channels as tiles, their colours, and the layer's kernels as tiles beside them.</summary>
    public TileAtlas Tiles { get; set; }
    public ColorMap Colors { get; set; } = ColorMap.Viridis;
    public TileAtlas? Kernels { get; set; }

    /// <summary>The weights of the chosen channel, a tile for each channel of the layer's input; null where they are not to be told apart.</summary>
    public TileAtlas? InputKernels { get; set; }

    /// <summary>Which channel each tile shows.</summary>
    public int[] Order { get; set; } = [];

    /// <summary>The chosen channel, as the network counts.</summary>
    public int Channel { get; set; }

    /// <summary>The layer's name, and its shape in words.</summary>
    public string Title { get; set; } = "";
    public string Note { get; set; } = "";
}
