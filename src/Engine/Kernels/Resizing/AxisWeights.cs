namespace LiveCam.Engine.Kernels;

/// <summary>
/// Resampling along one axis as a sparse matrix: place i of the result is <see cref="Constants"/>[i] plus the sum of weights times places
/// of the input. The terms of place i are Starts[i] to Starts[i + 1].
/// </summary>
internal sealed class AxisWeights
{
    private readonly List<int> starts = [0], places = [];
    private readonly List<float> weights = [], constants = [];

    /// <summary>Places of the result.</summary>
    public int Count => constants.Count;

    public IReadOnlyList<int> Starts => starts;
    public IReadOnlyList<int> Places => places;
    public IReadOnlyList<float> Weights => weights;
    public IReadOnlyList<float> Constants => constants;

    /// <summary>Whether no place has a constant.</summary>
    public bool IsLinear => constants.TrueForAll(constant => constant == 0);

    /// <summary>Appends a place of the result; weights of one place are added up, zeros left out.</summary>
    public void Add(IEnumerable<(int Place, double Weight)> terms, float constant = 0)
    {
        foreach (IGrouping<int, double> term in terms.GroupBy(term => term.Place, term => term.Weight).OrderBy(term => term.Key))
            if (term.Sum() is var weight and not 0)
            {
                places.Add(term.Key);
                weights.Add((float)weight);
            }
        starts.Add(places.Count);
        constants.Add(constant);
    }

    /// <summary>The reverse: what each place of the input gets back; constants get nothing.</summary>
    /// <param name="extent">Places of the input.</param>
    public AxisWeights Transposed(int extent)
    {
        var rows = new List<(int, double)>[extent];
        for (int i = 0; i < extent; i++)
            rows[i] = [];
        for (int i = 0; i < Count; i++)
            for (int term = starts[i]; term < starts[i + 1]; term++)
                rows[places[term]].Add((i, weights[term]));
        var transposed = new AxisWeights();
        foreach (List<(int, double)> row in rows)
            transposed.Add(row);
        return transposed;
    }

    /// <summary>All of it as 32-bit words for a shader: starts, constants' bits, then place and bits of the weight of each term.</summary>
    public int[] Words() =>
    [
        .. starts, .. constants.Select(BitConverter.SingleToInt32Bits),
        .. places.Zip(weights, (place, weight) => new[] { place, BitConverter.SingleToInt32Bits(weight) }).SelectMany(term => term),
    ];
}
