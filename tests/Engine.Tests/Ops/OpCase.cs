using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>One line of <see cref="OpCases"/>: an operation and its inputs.</summary>
internal sealed record OpCase(Op Op, params Input[] Inputs)
{
    /// <summary>How many outputs are asked for.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>What the line is there for, where shapes do not say it.</summary>
    public string Note { get; init; } = "";

    public string Name { get; init; } = "";

    public override string ToString() => $"{Name}: {Op} of {string.Join(", ", Inputs.AsEnumerable())}";
}
