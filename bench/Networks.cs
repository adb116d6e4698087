namespace LiveCam.Bench;

/// <summary>The networks that are measured, as their papers give them, for one 3x224x224 picture (LeNet-5: 1x32x32).</summary>
internal static class Networks
{
    private static readonly int[] Picture = [3, 224, 224];

    /// <summary>By name, smallest first.</summary>
    public static IReadOnlyDictionary<string, (int[] Shape, Action<NetworkWriter> Build)> All { get; } = new Dictionary<string, (int[], Action<NetworkWriter>)>
    {
        ["lenet5"] = ([1, 32, 32], LeNet5),
        ["squeezenet11"] = (Picture, SqueezeNet11),
        ["mobilenetv2"] = (Picture, MobileNetV2),
        ["resnet18"] = (Picture, ResNet18),
        ["googlenet"] = (Picture, GoogLeNet),
        ["densenet121"] = (Picture, DenseNet121),
        ["resnet50"] = (Picture, ResNet50),
        ["vgg16"] = (Picture, Vgg16),
    };

    /// <summary>Writes the network into a folder unless it is there, and the older form beside it where the two differ.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(string folder, string name)
    {
        string path = Path.Combine(folder, $"{name}.onnx");
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        if (Built(name, 10) is { HasClip: true } older) older.Save(OlderForm(path));
        Built(name, 13).Save(path);
        return path;
    }

    /// <summary>The file of the same network in operator set 10.</summary>
    public static string OlderForm(string path) => Path.ChangeExtension(path, ".opset10.onnx");

    private static NetworkWriter Built(string name, int opset)
    {
        (int[] shape, Action<NetworkWriter> build) = All[name];
        var network = new NetworkWriter(name, shape, opset);
        build(network);
        return network;
    }

    /// <summary>LeCun 1998, with ReLU and max pooling.</summary>
    private static void LeNet5(NetworkWriter n)
    {
        string x = n.MaxPool(n.Conv(NetworkWriter.Input, 6, 5), 2, 2);
        x = n.MaxPool(n.Conv(x, 16, 5), 2, 2);
        n.Softmax(n.Dense(n.Dense(n.Dense(x, 120, "Relu"), 84, "Relu"), 10));
    }

    /// <summary>Iandola 2016, version 1.1.</summary>
    private static void SqueezeNet11(NetworkWriter n)
    {
        string x = n.MaxPool(n.Conv(NetworkWriter.Input, 64, 3, 2), 3, 2, ceil: true);
        x = n.MaxPool(Fire(Fire(x, 16, 64), 16, 64), 3, 2, ceil: true);
        x = n.MaxPool(Fire(Fire(x, 32, 128), 32, 128), 3, 2, ceil: true);
        x = Fire(Fire(Fire(Fire(x, 48, 192), 48, 192), 64, 256), 64, 256);
        n.Softmax(n.GlobalAverage(n.Conv(x, 1000, 1)));

        string Fire(string x, int squeeze, int expand)
        {
            string narrow = n.Conv(x, squeeze, 1);
            return n.Join(n.Conv(narrow, expand, 1), n.Conv(narrow, expand, 3, pad: 1));
        }
    }

    /// <summary>Sandler 2018, table 2.</summary>
    private static void MobileNetV2(NetworkWriter n)
    {
        string x = n.Conv(NetworkWriter.Input, 32, 3, 2, 1, "Clip");
        (int Expand, int Channels, int Repeat, int Stride)[] blocks = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
        foreach ((int expand, int channels, int repeat, int firstStride) in blocks)
            for (int i = 0; i < repeat; i++)
            {
                int from = n.ShapeOf(x)[0], wide = from * expand, stride = i == 0 ? firstStride : 1;
                string y = expand == 1 ? x : n.Conv(x, wide, 1, activation: "Clip");
                y = n.Conv(n.Conv(y, wide, 3, stride, 1, "Clip", wide), channels, 1, activation: "");
                x = stride == 1 && from == channels ? n.Sum(x, y) : y;
            }
        n.Softmax(n.Dense(n.GlobalAverage(n.Conv(x, 1280, 1, activation: "Clip")), 1000));
    }

    /// <summary>He 2015, table 1.</summary>
    private static void ResNet18(NetworkWriter n) => ResNet(n, [2, 2, 2, 2], (x, width, stride) =>
    {
        string y = n.Conv(n.Conv(x, width, 3, stride, 1), width, 3, pad: 1, activation: "");
        return n.Relu(n.Sum(y, n.ShapeOf(x)[0] == width ? x : n.Conv(x, width, 1, stride, activation: "")));
    });

    /// <summary>He 2015, table 1, with the stride in the 3x3 convolution.</summary>
    private static void ResNet50(NetworkWriter n) => ResNet(n, [3, 4, 6, 3], (x, width, stride) =>
    {
        string y = n.Conv(n.Conv(n.Conv(x, width, 1), width, 3, stride, 1), width * 4, 1, activation: "");
        return n.Relu(n.Sum(y, n.ShapeOf(x)[0] == width * 4 ? x : n.Conv(x, width * 4, 1, stride, activation: "")));
    });

    private static void ResNet(NetworkWriter n, int[] repeats, Func<string, int, int, string> block)
    {
        string x = n.MaxPool(n.Conv(NetworkWriter.Input, 64, 7, 2, 3), 3, 2, 1);
        for (int stage = 0; stage < repeats.Length; stage++)
            for (int i = 0; i < repeats[stage]; i++)
                x = block(x, 64 << stage, i == 0 && stage > 0 ? 2 : 1);
        n.Softmax(n.Dense(n.GlobalAverage(x), 1000));
    }

    /// <summary>Szegedy 2014, table 1, with its two local response normalizations.</summary>
    private static void GoogLeNet(NetworkWriter n)
    {
        string x = n.LocalResponse(n.MaxPool(n.Conv(NetworkWriter.Input, 64, 7, 2, 3), 3, 2, ceil: true));
        x = n.MaxPool(n.LocalResponse(n.Conv(n.Conv(x, 64, 1), 192, 3, pad: 1)), 3, 2, ceil: true);
        x = Inception(Inception(x, 64, 96, 128, 16, 32, 32), 128, 128, 192, 32, 96, 64);
        x = n.MaxPool(x, 3, 2, ceil: true);
        x = Inception(Inception(x, 192, 96, 208, 16, 48, 64), 160, 112, 224, 24, 64, 64);
        x = Inception(Inception(x, 128, 128, 256, 24, 64, 64), 112, 144, 288, 32, 64, 64);
        x = n.MaxPool(Inception(x, 256, 160, 320, 32, 128, 128), 3, 2, ceil: true);
        x = Inception(Inception(x, 256, 160, 320, 32, 128, 128), 384, 192, 384, 48, 128, 128);
        n.Softmax(n.Dense(n.GlobalAverage(x), 1000));

        string Inception(string x, int one, int reduce3, int three, int reduce5, int five, int pooled) => n.Join(
            n.Conv(x, one, 1), n.Conv(n.Conv(x, reduce3, 1), three, 3, pad: 1), n.Conv(n.Conv(x, reduce5, 1), five, 5, pad: 2),
            n.Conv(n.MaxPool(x, 3, 1, 1), pooled, 1));
    }

    /// <summary>Huang 2016, table 1; the norms that follow a concatenation cannot be folded and stay.</summary>
    private static void DenseNet121(NetworkWriter n)
    {
        string x = n.MaxPool(n.Conv(NetworkWriter.Input, 64, 7, 2, 3), 3, 2, 1);
        int[] repeats = [6, 12, 24, 16];
        for (int stage = 0; stage < repeats.Length; stage++)
        {
            for (int i = 0; i < repeats[stage]; i++)
                x = n.Join(x, n.Conv(n.Conv(n.BatchNormRelu(x), 128, 1), 32, 3, pad: 1, activation: ""));
            x = n.BatchNormRelu(x);
            if (stage < 3) x = n.AveragePool(n.Conv(x, n.ShapeOf(x)[0] / 2, 1, activation: ""), 2, 2);
        }
        n.Softmax(n.Dense(n.GlobalAverage(x), 1000));
    }

    /// <summary>Simonyan 2014, column D.</summary>
    private static void Vgg16(NetworkWriter n)
    {
        string x = NetworkWriter.Input;
        foreach ((int channels, int repeat) in new[] { (64, 2), (128, 2), (256, 3), (512, 3), (512, 3) })
        {
            for (int i = 0; i < repeat; i++) x = n.Conv(x, channels, 3, pad: 1);
            x = n.MaxPool(x, 2, 2);
        }
        n.Softmax(n.Dense(n.Dense(n.Dense(x, 4096, "Relu"), 4096, "Relu"), 1000));
    }
}
