using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>
/// What an operation may ask and say while it is written to an ONNX file: usually one node that reads and computes what the
/// operation does; several where the operator set has no such operator.
/// </summary>
public abstract class OnnxCall(Node node)
{
    public Node Node => node;
    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Exists;
    public bool Wants(int output) => output < node.Outputs.Length && node.Outputs[output].Exists;

    /// <summary>Type and shape of an input; extents that are open stand at one possible value.</summary>
    public abstract ValueInfo InputInfo(int input);

    /// <summary>The question the shapes came from, for asking an operation's own rules again.</summary>
    public InferCall Infer() => new(Node, [.. Node.Inputs.Select((value, i) => value.Exists ? InputInfo(i) : null)]);

    /// <summary>An input's name in the file; empty where it is not given.</summary>
    public abstract string Input(int input);
    public abstract string Output(int output);

    /// <summary>A name of the node's own for a value between the nodes it is written as.</summary>
    public abstract string Between(string suffix);

    /// <summary>A weight of the node's own; its name.</summary>
    public abstract string Weight(string suffix, Tensor tensor);

    /// <summary>Adds a node with the operation's inputs and outputs, unless it is told others.</summary>
    public abstract OnnxWriter Write(string opType);

    /// <summary>An error that names the operation and the node.</summary>
    public LiveCamException Error(string facts) => new($"{node.Op.Name} \"{node.Name}\": {facts}.");
}

/// <summary>One node of an ONNX file while it is written.</summary>
public abstract class OnnxWriter
{
    /// <summary>Replaces the names of the inputs; empty ones at the end are left out.</summary>
    public abstract OnnxWriter Inputs(params ReadOnlySpan<string> names);
    public abstract OnnxWriter Outputs(params ReadOnlySpan<string> names);

    public abstract OnnxWriter Set(string attribute, long value);
    public abstract OnnxWriter Set(string attribute, float value);
    public abstract OnnxWriter Set(string attribute, string value);
    public abstract OnnxWriter Set(string attribute, Tensor value);

    /// <summary>An element type, as its number in ONNX files.</summary>
    public abstract OnnxWriter Set(string attribute, ElementType value);

    /// <summary>An empty list is one not given.</summary>
    public abstract OnnxWriter Set(string attribute, Ints values);

    /// <summary>A switch that is off unless given.</summary>
    public OnnxWriter Set(string attribute, bool isOn) => isOn ? Set(attribute, 1) : this;
}
