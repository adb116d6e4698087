using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>Elements of a dense parameter on their way into a packed form, for a device to copy: four nested loops, innermost last.</summary>
/// <param name="Extents">Rounds of each loop.</param>
/// <param name="From">Elements of the parameter that each loop moves by.</param>
/// <param name="To">Elements of the packed form that each loop moves by.</param>
/// <param name="FirstFrom">Where the loops begin in the parameter.</param>
/// <param name="FirstTo">Where they begin in the packed form.</param>
/// <param name="Scale">Multiplied into what is copied.</param>
public sealed record PackCopy(Ints Extents, Ints From, Ints To, int FirstFrom = 0, int FirstTo = 0, float Scale = 1)
{
    public long Count => Extents.Aggregate(1L, (count, extent) => count * extent);

    /// <summary>All elements as they lie.</summary>
    public static PackCopy Dense(int count, float scale = 1) => new([1, 1, 1, count], [0, 0, 0, 1], [0, 0, 0, 1], Scale: scale);
}
