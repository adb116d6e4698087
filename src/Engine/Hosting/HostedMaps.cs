namespace LiveCam.Engine.Hosting;

/// <summary>
/// A layer's channels as tiles of one picture, in two textures (GL_TEXTURE_2D) that belong to the network: sample them, do not change them. The
/// first row is the top one. Tiles follow each other in rows of <see cref="Columns"/> without gaps.
/// </summary>
/// <param name="Raw">R32F: the layer's own numbers.</param>
/// <param name="Colored">RGBA8, opaque: from dark to bright over the range of the layer, which follows it slowly (viridis). The bytes are sRGB.</param>
/// <param name="Count">Tiles: the layer's channels.</param>
/// <param name="Columns">Tiles in a row.</param>
/// <param name="TileWidth">Of one channel, in pixels.</param>
/// <param name="TileHeight">Of one channel, in pixels.</param>
public sealed record HostedMaps(uint Raw, uint Colored, int Count, int Columns, int TileWidth, int TileHeight)
{
    /// <summary>Of both textures, in pixels.</summary>
    public int Width => Columns * TileWidth;

    /// <summary>Of both textures, in pixels.</summary>
    public int Height => (Count + Columns - 1) / Columns * TileHeight;

    /// <summary>Tiles in a row that make a picture of them near-square.</summary>
    internal static int ColumnsFor(int count, int width, int height) => Math.Clamp((int)Math.Round(Math.Sqrt((double)count * height / width)), 1, Math.Max(1, count));
}
