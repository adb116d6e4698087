using System.Text;
using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>One node of a graph on its way into a file.</summary>
internal sealed class NodeCall(Node node, GraphWriter writer, IList<NodeProto> nodes) : OnnxCall(node)
{
    public override ValueInfo InputInfo(int input) => writer[Node.Inputs[input]];
    public override string Input(int input) => input < Node.Inputs.Length ? writer.NameOf(Node.Inputs[input]) : "";
    public override string Output(int output) => writer.NameOf(Node.Outputs[output]);
    public override string Between(string suffix) => writer.Between($"{Node.Name}:{suffix}");
    public override string Weight(string suffix, Tensor tensor) => writer.Weight($"{Node.Name}:{suffix}", tensor);

    public override OnnxWriter Write(string opType)
    {
        var proto = new NodeProto { OpType = opType, Name = Node.Name };
        nodes.Add(proto);
        return new Writer(proto)
            .Inputs(Array.ConvertAll(Node.Inputs, writer.NameOf))
            .Outputs(Array.ConvertAll(Node.Outputs, writer.NameOf));
    }

    private sealed class Writer(NodeProto proto) : OnnxWriter
    {
        // Kinds of attributes by their number in ONNX files.
        private const int Float = 1, Int = 2, Text = 3, OneTensor = 4, IntList = 7;

        public override OnnxWriter Inputs(params ReadOnlySpan<string> names) => Fill(proto.Input, names);

        public override OnnxWriter Outputs(params ReadOnlySpan<string> names)
        {
            // Of several nodes for one operation, each is called after what it computes.
            if (proto.Output.Count > 0)
                proto.Name = names[0];
            return Fill(proto.Output, names);
        }

        public override OnnxWriter Set(string attribute, long value) => Add(new() { Name = attribute, Type = Int, I = value });
        public override OnnxWriter Set(string attribute, float value) => Add(new() { Name = attribute, Type = Float, F = value });

        public override OnnxWriter Set(string attribute, string value) =>
            Add(new() { Name = attribute, Type = Text, S = ByteString.CopyFrom(value, Encoding.UTF8) });

        public override OnnxWriter Set(string attribute, Tensor value) =>
            Add(new() { Name = attribute, Type = OneTensor, T = TensorWriter.Write(value) });

        public override OnnxWriter Set(string attribute, ElementType value) => Set(attribute, (long)OnnxTypes.Number(value));

        public override OnnxWriter Set(string attribute, Ints values)
        {
            if (values.Count == 0)
                return this;
            var proto = new AttributeProto { Name = attribute, Type = IntList };
            foreach (int value in values)
                proto.Ints.Add(value);
            return Add(proto);
        }

        private Writer Add(AttributeProto attribute)
        {
            proto.Attribute.Add(attribute);
            return this;
        }

        private Writer Fill(IList<string> list, ReadOnlySpan<string> names)
        {
            list.Clear();
            foreach (string name in names)
                list.Add(name);
            while (list.Count > 0 && list[^1].Length == 0)
                list.RemoveAt(list.Count - 1);
            return this;
        }
    }
}
