using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Which inputs are parameters of the graph.</summary>
internal enum Given
{
    /// <summary>None: all come at run time, but those that have to be known.</summary>
    Inputs,
    /// <summary>All but the first.</summary>
    Parameters,
    /// <summary>All.</summary>
    Constants,
}

/// <summary>In which memory layouts an operation that reads any strides finds its inputs and leaves its output.</summary>
internal enum Order
{
    /// <summary>What the compiler makes of the operation alone.</summary>
    Compiler,
    RowMajor,
    ChannelsLast,
    /// <summary>Row-major in, channels-last out.</summary>
    ToChannelsLast,
    /// <summary>Channels-last in, row-major out.</summary>
    ToRowMajor,
    /// <summary>Every second input channels-last, and the output.</summary>
    Mixed,
}

/// <summary>What surrounds an operation in memory.</summary>
internal enum Neighbours
{
    None,
    /// <summary>Its inputs are values computed for it alone, so it may write over them.</summary>
    Copies,
    /// <summary>Inputs and output are slices of Concats, with a wider pitch and other channels before and after.</summary>
    Slices,
}

/// <summary>One way of putting a case into a graph.</summary>
internal sealed record Arrangement(Given Given = Given.Inputs, Order Order = Order.Compiler, Neighbours Neighbours = Neighbours.None)
{
    /// <summary>The ways that make a difference to an operation's case.</summary>
    public static IEnumerable<Arrangement> For(OpCase line)
    {
        bool maps = line.Inputs.Any(input => input.Constant is null && input.Shape.Rank >= 3);
        bool mapsOut = line.Inputs[0].Shape.Rank >= 3 && line.Op.GivesFeatureMaps;
        LayoutRule rule = line.Op.Layouts;
        yield return new(Given.Inputs);
        if (line.Inputs.Skip(1).Any(input => input.Constant is null && !input.IsMissing))
            yield return new(Given.Parameters);
        yield return new(Given.Constants);
        yield return new(Neighbours: Neighbours.Copies);
        if (maps && rule is LayoutRule.Follow or LayoutRule.Reads)
        {
            yield return new(Order: Order.ChannelsLast);
            yield return new(Order: Order.ToChannelsLast);
            yield return new(Order: Order.ChannelsLast, Neighbours: Neighbours.Copies);
            if (line.Inputs.Length > 1)
                yield return new(Order: Order.Mixed);
            if (line.Inputs.Length > 1)
                yield return new(Given.Parameters, Order.ChannelsLast);
        }
        if (maps && rule == LayoutRule.Reads)
            yield return new(Order: Order.ToRowMajor);
        if (maps && rule == LayoutRule.Reread)
            yield return new(Order: Order.ToRowMajor);
        if (mapsOut && rule is LayoutRule.ChannelsLast or LayoutRule.Follow or LayoutRule.Reads)
            yield return new(Order: rule == LayoutRule.ChannelsLast ? Order.Compiler : Order.ChannelsLast, Neighbours: Neighbours.Slices);
    }
}
