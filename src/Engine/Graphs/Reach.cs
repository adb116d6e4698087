namespace LiveCam.Engine.Graphs;

/// <summary>The window through which an operation sees its first input, along one spatial axis.</summary>
/// <param name="Input">A: elements of the input.</param>
/// <param name="Output">Elements of the output: (A - R + 2 P) / S + 1, rounded down.</param>
/// <param name="Size">R: from the first element a window covers to the last, dilation included.</param>
/// <param name="Stride">S: elements from one window to the next.</param>
/// <param name="PadBegin">Elements of padding before the first.</param>
/// <param name="PadEnd">Elements of padding behind the last; P is the mean of both.</param>
public readonly record struct Reach(int Input, int Output, int Size, int Stride, int PadBegin, int PadEnd)
{
    /// <summary>The lectures' formula with its numbers, as in <c>(32 - 5 + 2*0)/1 + 1 = 28</c>.</summary>
    public string Formula => $"({Input} - {Size} + {(PadBegin == PadEnd ? $"2*{PadBegin}" : $"{PadBegin} + {PadEnd}")})/{Stride} + 1 = {Output}";
}

/// <summary>How much of the network's input one element of a value depends on, along one spatial axis.</summary>
/// <param name="Size">Elements of the input; null where it depends on all of it.</param>
/// <param name="Stride">Elements of the input between two neighbours of the value.</param>
public readonly record struct ReceptiveField(int? Size, double Stride)
{
    public override string ToString() => Size?.ToString() ?? "all";
}
