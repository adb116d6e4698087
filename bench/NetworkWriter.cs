using System.Runtime.InteropServices;
using Google.Protobuf;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Bench;

/// <summary>Builds an ONNX network with random weights, layer by layer; a layer returns the name of its output.</summary>
/// <remarks>
/// Batch normalization is folded into weights and bias, as in an exported network. Uniform weights keep the size of the
/// activations from layer to layer, so no engine meets denormals or infinities.
/// </remarks>
internal sealed class NetworkWriter
{
    /// <summary>The network's input and output values.</summary>
    public const string Input = "input", Output = "output";

    private const int Float = 1, FloatAttribute = 1, IntAttribute = 2, IntsAttribute = 7;

    private readonly GraphProto graph;
    private readonly Dictionary<string, int[]> shapes = [];
    private readonly Random random;
    private readonly int opset;
    private int count;

    /// <param name="shape">Of the input, without the batch: channels, height, width.</param>
    /// <param name="opset">13, or 10 for readers that know Clip only with its bounds as attributes.</param>
    public NetworkWriter(string name, int[] shape, int opset)
    {
        (random, this.opset) = (new Random(20_201), opset);
        graph = new GraphProto { Name = name, Input = { Described(Input, shape) } };
        shapes[Input] = shape;
    }

    /// <summary>Whether the network differs between operator sets 10 and 13.</summary>
    public bool HasClip { get; private set; }

    public int[] ShapeOf(string value) => shapes[value];

    public string Conv(string x, int channels, int kernel, int stride = 1, int pad = 0, string activation = "Relu", int groups = 1)
    {
        int[] from = shapes[x];
        int depth = from[0] / groups * kernel * kernel;
        string name = Name("conv"), weights = Weights(name, activation != "", depth, channels, from[0] / groups, kernel, kernel);
        string y = Add("Conv", name, [channels, Extent(from[1]), Extent(from[2])], [x, weights, Bias(name, channels)],
            Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride), Ints("pads", pad, pad, pad, pad), Int("group", groups));
        return Activated(y, activation);

        int Extent(int n) => (n + 2 * pad - kernel) / stride + 1;
    }

    public string Dense(string x, int columns, string activation = "")
    {
        int rows = shapes[x].Aggregate(1, (product, extent) => product * extent);
        string name = Name("fc");
        string flat = shapes[x].Length == 1 ? x : Add("Flatten", $"{name}_flat", [rows], [x], Int("axis", 1));
        return Activated(Add("Gemm", name, [columns], [flat, Weights(name, activation != "", rows, columns, rows), Bias(name, columns)], Int("transB", 1)), activation);
    }

    public string MaxPool(string x, int kernel, int stride, int pad = 0, bool ceil = false) => Pool("MaxPool", x, kernel, stride, pad, ceil);

    public string AveragePool(string x, int kernel, int stride) => Pool("AveragePool", x, kernel, stride, 0, false);

    public string GlobalAverage(string x)
    {
        int[] from = shapes[x];
        string pooled = Add("GlobalAveragePool", Name("gap"), [from[0], 1, 1], [x]);
        return Add("Flatten", Name("flat"), [from[0]], [pooled], Int("axis", 1));
    }

    public string Sum(string a, string b) => Add("Add", Name("add"), shapes[a], [a, b]);

    public string Relu(string x) => Activated(x, "Relu");

    public string Join(params string[] parts)
    {
        int[] first = shapes[parts[0]];
        return Add("Concat", Name("cat"), [parts.Sum(part => shapes[part][0]), first[1], first[2]], parts, Int("axis", 1));
    }

    public string LocalResponse(string x) => Add("LRN", Name("lrn"), shapes[x], [x],
        Int("size", 5), FloatValue("alpha", 1e-4f), FloatValue("beta", 0.75f), FloatValue("bias", 1));

    public string BatchNormRelu(string x)
    {
        int channels = shapes[x][0];
        string name = Name("bn");
        return Activated(Add("BatchNormalization", name, shapes[x],
            [x, Uniform($"{name}_scale", 0.8f, 1.2f, channels), Uniform($"{name}_bias", -0.2f, 0.2f, channels), Uniform($"{name}_mean", -0.2f, 0.2f, channels), Uniform($"{name}_var", 0.8f, 1.2f, channels)],
            FloatValue("epsilon", 1e-5f)), "Relu");
    }

    /// <summary>Ends the network with the probabilities of its classes.</summary>
    public void Softmax(string x)
    {
        Add("Softmax", Output, shapes[x], [x], Int("axis", 1));
        graph.Output.Add(Described(Output, shapes[x]));
    }

    public void Save(string path)
    {
        var model = new ModelProto { IrVersion = 7, ProducerName = "LiveCam.Bench", Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        using FileStream file = File.Create(path + ".new");
        model.WriteTo(file);
        file.Close();
        File.Move(path + ".new", path, overwrite: true);
    }

    private string Pool(string op, string x, int kernel, int stride, int pad, bool ceil)
    {
        int[] from = shapes[x];
        List<AttributeProto> attributes = [Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride), Ints("pads", pad, pad, pad, pad)];
        if (ceil) attributes.Add(Int("ceil_mode", 1));
        return Add(op, Name("pool"), [from[0], Extent(from[1]), Extent(from[2])], [x], [.. attributes]);

        int Extent(int n) => (n + 2 * pad - kernel + (ceil ? stride - 1 : 0)) / stride + 1;
    }

    private string Activated(string x, string activation)
    {
        if (activation == "") return x;
        if (activation == "Relu") return Add("Relu", $"{x}_relu", shapes[x], [x]);
        HasClip = true;
        if (opset < 11) return Add("Clip", $"{x}_clip", shapes[x], [x], FloatValue("min", 0), FloatValue("max", 6));
        return Add("Clip", $"{x}_clip", shapes[x], [x, Scalar("zero", 0), Scalar("six", 6)]);
    }

    private string Scalar(string name, float value)
    {
        if (graph.Initializer.All(known => known.Name != name)) Store(name, [], [value]);
        return name;
    }

    private string Weights(string name, bool activated, int depth, params int[] shape)
    {
        float limit = MathF.Sqrt((activated ? 6f : 3f) / depth);
        return Uniform($"{name}_weight", -limit, limit, shape);
    }

    private string Bias(string name, int channels) => Uniform($"{name}_bias", -0.1f, 0.1f, channels);

    private string Uniform(string name, float low, float high, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, extent) => product * extent)];
        for (int i = 0; i < values.Length; i++) values[i] = low + (high - low) * random.NextSingle();
        return Store(name, shape, values);
    }

    private string Store(string name, int[] shape, float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())) };
        tensor.Dims.AddRange(shape.Select(extent => (long)extent));
        graph.Initializer.Add(tensor);
        return name;
    }

    private string Add(string op, string output, int[] shape, string[] inputs, params AttributeProto[] attributes)
    {
        graph.Node.Add(new NodeProto { OpType = op, Name = $"n_{output}", Input = { inputs }, Output = { output }, Attribute = { attributes } });
        shapes[output] = shape;
        return output;
    }

    private string Name(string kind) => $"{kind}{++count}";

    private static ValueInfoProto Described(string name, int[] shape)
    {
        var extents = new TensorShapeProto { Dim = { new DimensionProto { DimValue = 1 } } };
        extents.Dim.AddRange(shape.Select(extent => new DimensionProto { DimValue = extent }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = Float, Shape = extents } } };
    }

    private static AttributeProto Int(string name, int value) => new() { Name = name, I = value, Type = IntAttribute };
    private static AttributeProto FloatValue(string name, float value) => new() { Name = name, F = value, Type = FloatAttribute };
    private static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = IntsAttribute };
}
