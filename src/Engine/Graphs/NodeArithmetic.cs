namespace LiveCam.Engine.Graphs;

/// <summary>Arithmetic on what a file states is checked; what passes the range of a number is told with the node it belongs to.</summary>
internal static class NodeArithmetic
{
    /// <exception cref="LiveCamException">A number passed its range.</exception>
    public static T Checked<T>(this Node node, Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception error) when (error is OverflowException or DivideByZeroException)
        {
            throw new LiveCamException($"{node.Op.Name} \"{node.Name}\": its attributes or sizes are too large to compute with; is the file damaged?", error);
        }
    }
}
