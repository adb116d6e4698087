using System.Collections;
using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Tensors;

/// <summary>A short immutable list of integers that compares by value: attribute lists such as strides and pads.</summary>
[CollectionBuilder(typeof(Ints), nameof(Create))]
public readonly struct Ints : IEquatable<Ints>, IEnumerable<int>
{
    private readonly int[]? items;

    private Ints(int[] items) => this.items = items;

    public static Ints Create(ReadOnlySpan<int> items) => new(items.ToArray());

    /// <summary>The same value <paramref name="count"/> times.</summary>
    public static Ints Repeat(int value, int count)
    {
        var items = new int[count];
        Array.Fill(items, value);
        return new(items);
    }

    public int Count => items?.Length ?? 0;
    public int this[int index] => items![index];
    public ReadOnlySpan<int> Span => items;

    public bool Equals(Ints other) => Span.SequenceEqual(other.Span);
    public override bool Equals(object? obj) => obj is Ints other && Equals(other);
    public static bool operator ==(Ints a, Ints b) => a.Equals(b);
    public static bool operator !=(Ints a, Ints b) => !a.Equals(b);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int item in Span)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(items ?? [])).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    public override string ToString() => string.Join(',', items ?? []);
}
