using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of copy_sum.comp: every element becomes the sum of its copies.</summary>
internal static class CopySumShader
{
    /// <summary>One axis of the result; the lists of copies along it (<see cref="Kernels.CopyLists"/>) are null where places stay.</summary>
    public readonly record struct Axis(int Extent, long FromStride, long ToStride, int[]? Lists);

    /// <param name="axes">The slowest first.</param>
    /// <param name="lists">Holds what <see cref="Lists"/> gives for the axes.</param>
    public static ShaderCall Call(IReadOnlyList<Axis> axes, Binding lists, int fromOffset, int toOffset)
    {
        var text = new List<string>();
        int first = 0;
        foreach (Axis axis in axes.Reverse())
        {
            text.Add(axis.Lists is null ? $"KEPT({axis.Extent}, {axis.FromStride}, {axis.ToStride})"
                : $"COPIED({axis.Extent}, {first}, {axis.FromStride}, {axis.ToStride})");
            first += axis.Lists?.Length ?? 0;
        }
        long count = axes.Aggregate(1L, (product, axis) => product * axis.Extent);
        return new ShaderBuilder("copy_sum.comp", "plain").Bind(new Binding.Input(0)).Bind(lists).Bind(new Binding.Output(0))
            .Define(("COUNT", count), ("X_OFFSET", fromOffset), ("Y_OFFSET", toOffset)).Define("AXES", string.Join(' ', text)).OverThreads(count, 64);
    }

    /// <summary>The lists of all axes in a row, that of the fastest axis first.</summary>
    public static int[] Lists(IReadOnlyList<Axis> axes) => [.. axes.Reverse().SelectMany(axis => axis.Lists ?? [])];
}
