namespace LiveCam.Engine.Graphs;

/// <summary>Where an operation allows an output to share memory with an input. The planner takes up what is safe.</summary>
public abstract class AliasCall(Node node)
{
    public Node Node => node;
    public abstract ValueInfo InputInfo(int input);
    public abstract ValueInfo OutputInfo(int output);

    /// <summary>The output is the input under another shape: no step runs when the input is dense.</summary>
    public abstract void View(int output, int input);

    /// <summary>Each output element may overwrite the input element it is computed from (same shape and type).</summary>
    public abstract void InPlace(int output, int input);

    /// <summary>The input is the channels from <paramref name="channelOffset"/> of the output (channels-last Concat).</summary>
    public abstract void Slice(int input, int output, int channelOffset);
}
