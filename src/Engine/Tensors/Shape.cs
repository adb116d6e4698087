using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Tensors;

/// <summary>
/// The logical extents of a tensor in ONNX order (N, C, H, W for feature maps). Compares by value; rank 0 is a scalar.
/// A shape that exists is sane: every extent is 0 or more and the element count fits <see cref="MaxCount"/>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The most axes a tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The most elements one tensor may have: 2^31 - 1, so that an index fits an int.</summary>
    public const long MaxCount = int.MaxValue;

    private readonly int[]? extents;

    private Shape(int[] extents) => this.extents = extents;

    public static Shape Scalar => default;

    /// <exception cref="LiveCamException">More than <see cref="MaxRank"/> axes, a negative extent, or too many elements.</exception>
    public static Shape Create(ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaxRank)
            throw new LiveCamException($"A tensor has {extents.Length} axes, but at most {MaxRank} are supported.");
        long count = 1;
        foreach (int extent in extents)
        {
            if (extent < 0)
                throw new LiveCamException($"A tensor shape {string.Join('x', extents.ToArray())} has a negative extent.");
            if (extent > 0 && count > MaxCount / extent)
                throw new LiveCamException($"A tensor shape {string.Join('x', extents.ToArray())} has more than {MaxCount} elements.");
            count *= extent == 0 ? 1 : extent;
        }
        return new(extents.ToArray());
    }

    /// <summary>A shape from 64-bit extents as models carry them.</summary>
    /// <exception cref="LiveCamException">As <see cref="Create"/>, or an extent beyond 32 bits.</exception>
    public static Shape FromLongs(ReadOnlySpan<long> extents)
    {
        Span<int> narrow = stackalloc int[MaxRank];
        if (extents.Length > MaxRank)
            throw new LiveCamException($"A tensor has {extents.Length} axes, but at most {MaxRank} are supported.");
        for (int i = 0; i < extents.Length; i++)
        {
            if (extents[i] is < 0 or > int.MaxValue)
                throw new LiveCamException($"A tensor shape {string.Join('x', extents.ToArray())} has an extent outside 0..{int.MaxValue}.");
            narrow[i] = (int)extents[i];
        }
        return Create(narrow[..extents.Length]);
    }

    public int Rank => extents?.Length ?? 0;
    public int this[int axis] => extents![axis];
    public ReadOnlySpan<int> Span => extents;

    /// <summary>
    /// The number of elements; 1 for a scalar, 0 when any extent is 0. A spread (<c>[.. shape]</c>) would take it for the number
    /// of extents: spread <see cref="Span"/> instead.
    /// </summary>
    public int ElementCount
    {
        get
        {
            int count = 1;
            foreach (int extent in Span)
                count *= extent;
            return count;
        }
    }

    /// <summary>The product of the extents in <paramref name="from"/>..<paramref name="to"/> (exclusive).</summary>
    public int CountOf(int from, int to)
    {
        int count = 1;
        for (int i = from; i < to; i++)
            count *= extents![i];
        return count;
    }

    /// <summary>Turns a possibly negative axis (-1 is the last) into 0..Rank-1.</summary>
    /// <exception cref="LiveCamException">The axis lies outside the rank.</exception>
    public int Axis(int axis)
    {
        if (axis < -Rank || axis >= Rank)
            throw new LiveCamException($"axis {axis} does not exist in shape {this} of rank {Rank}");
        return axis < 0 ? axis + Rank : axis;
    }

    /// <summary>Strides in elements of the dense row-major layout.</summary>
    public int[] RowMajorStrides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= this[i];
        }
        return strides;
    }

    public Shape With(int axis, int extent)
    {
        var changed = Span.ToArray();
        changed[axis] = extent;
        return Create(changed);
    }

    public bool Equals(Shape other) => Span.SequenceEqual(other.Span);
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int extent in Span)
            hash.Add(extent);
        return hash.ToHashCode();
    }

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(extents ?? [])).GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>1x3x224x224</c>, or <c>scalar</c>.</summary>
    public override string ToString() => Rank == 0 ? "scalar" : string.Join('x', extents!);
}
