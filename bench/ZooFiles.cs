using Google.Protobuf;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Bench;

/// <summary>Networks of the zoo as files that all engines read: one picture, seeded weights.</summary>
internal static class ZooFiles
{
    /// <summary>The last operator set whose Clip has its bounds as attributes; OpenCV 4.6 does not read them as inputs.</summary>
    private const int WithAttributes = 10;

    private const int FloatAttribute = 1;

    /// <summary>What is measured unless a network is named: none of hundreds of megabytes.</summary>
    public static IReadOnlyList<string> Usual { get; } =
        ["lenet5", "squeezenet1.1", "mobilenetv2", "resnet18", "googlenet", "densenet121", "resnet50", "mobilenetv3-large", "shufflenetv2", "efficientnet-b0"];

    /// <summary>Every network that ranks classes of pictures.</summary>
    public static IReadOnlyList<string> All { get; } = [.. NetworkTable.All.Where(family => family.Classifies).Select(family => family.Name)];

    public static NetworkFamily Family(string name) => NetworkTable.TryFind(name, out NetworkFamily? family) ? family : throw new ArgumentException(name);

    /// <summary>The input without its batch: channels, height, width.</summary>
    public static int[] Shape(string name) => [Family(name).Usual.Channels, Family(name).Usual.Size, Family(name).Usual.Size];

    /// <summary>Writes the network into a folder unless it is there, and the older form beside it where the two differ.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(string folder, string name)
    {
        string path = Path.Combine(folder, $"{name}.onnx");
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        Save(Family(name).Build(), path);
        return path;
    }

    /// <summary>Writes a graph for a batch of one.</summary>
    public static void Save(Graph graph, string path)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(graph));
        foreach (ValueInfoProto value in model.Graph.Input.Concat(model.Graph.Output))
            value.Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        if (model.Graph.Node.Any(node => node.OpType == "Clip")) Write(Older(model.Clone()), OlderForm(path));
        Write(model, path);
    }

    /// <summary>The file of the same network in operator set 10.</summary>
    public static string OlderForm(string path) => Path.ChangeExtension(path, ".opset10.onnx");

    private static ModelProto Older(ModelProto model)
    {
        model.OpsetImport[0].Version = WithAttributes;
        Dictionary<string, TensorProto> weights = model.Graph.Initializer.ToDictionary(weight => weight.Name);
        foreach (NodeProto clip in model.Graph.Node.Where(node => node.OpType == "Clip"))
        {
            foreach ((int i, string bound) in new[] { "min", "max" }.Index())
                clip.Attribute.Add(new AttributeProto { Name = bound, F = BitConverter.ToSingle(weights[clip.Input[i + 1]].RawData.Span), Type = FloatAttribute });
            while (clip.Input.Count > 1) clip.Input.RemoveAt(1);
        }
        return model;
    }

    private static void Write(ModelProto model, string path)
    {
        using (FileStream file = File.Create(path + ".new")) model.WriteTo(file);
        File.Move(path + ".new", path, overwrite: true);
    }
}
