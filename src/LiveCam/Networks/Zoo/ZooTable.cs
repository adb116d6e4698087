using System.Diagnostics.CodeAnalysis;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks.Zoo;

/// <summary>
/// The networks of the ONNX Model Zoo (github.com/onnx/models, Apache-2.0; since July 2025 at huggingface.co/onnxmodelzoo) that rank classes of pictures. Sizes and
/// SHA-256 are those of the files, as their repository's Git LFS pointers state them; the preprocessing is that of their pages.
/// </summary>
internal static class ZooTable
{
    private static readonly Preprocessing Torch = Preprocessing.ImageNet;

    /// <summary>Caffe's: blue first, 0 to 255, less the mean colour.</summary>
    private static readonly Preprocessing Caffe = Torch with { Scale = 1, Mean = new(104, 117, 123), StandardDeviation = new(1, 1, 1), Order = ColourOrder.Bgr };

    private static readonly Preprocessing Lite = Torch with { Scale = 1, Mean = new(127, 127, 127), StandardDeviation = new(128, 128, 128) };

    private static readonly Preprocessing Digits = new() { Width = 28, Height = 28, Channels = 1, Scale = 1, Mean = new(0), StandardDeviation = new(1) };

    /// <summary>The smallest first, the one for digits last.</summary>
    public static IReadOnlyList<ZooNetwork> All { get; } =
    [
        new("squeezenet1.1", "squeezenet1.1-7", 4_956_208, "1eeff551a67ae8d565ca33b572fc4b66e3ef357b0eb2863bb9ff47a918cc4088", "SqueezeNet 1.1: the smallest", Torch),
        new("squeezenet1.0", "squeezenet1.0-12", 4_952_956, "dec81a8684617770b3cf13fadc1d92565d1d453d23935fc6388b792d99c992bd", "SqueezeNet 1.0", Torch),
        new("shufflenetv2", "shufflenet-v2-12", 9_218_556, "ea69821b4dd374ae2f33f9710dd1229ac263d0ee5b5a46ca3521f6483e1ba035", "ShuffleNet v2", Torch),
        new("mobilenetv2", "mobilenetv2-12", 13_964_571, "c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5", "MobileNet v2: small and good", Torch),
        new("googlenet", "googlenet-12", 28_021_836, "c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e", "GoogLeNet", Caffe),
        new("densenet121", "densenet-12", 32_726_877, "0294e7e88e5b3360de9b0fdc321baf9e6ef18b7f058c4536caae3b9f18ed9ed5", "DenseNet-121", Torch),
        new("resnet18", "resnet18-v1-7", 46_820_737, "4e8f8653e7a2222b3904cc3fe8e304cd8b339ce1d05fd24688162f86fb6df52c", "ResNet-18", Torch),
        new("efficientnet-lite4", "efficientnet-lite4-11", 51_946_641, "d111689907c06eea7c82e4833ddef758da6453b9d4cf60b7e99ca05c7cbd9c12", "EfficientNet-Lite4", Lite),
        new("resnet34", "resnet34-v1-7", 87_302_588, "883a41b2e30ddc2e422c108b091b5e70b92d37dc5c345a2c563dcae27971e2cc", "ResNet-34", Torch),
        new("resnet50-v2", "resnet50-v2-7", 102_442_452, "79102261eb6e5fd7af5d27f41316293e388c5cb691e5d25bfb035c4f64fefe31", "ResNet-50 v2", Torch),
        new("resnet50", "resnet50-v1-12", 102_576_593, "3f03fdef724b22947eed826f1eef1dc5c34151bb4c37d634f1db89dfa2dd1526", "ResNet-50", Torch),
        new("resnet101", "resnet101-v1-7", 178_914_043, "760702f6ec0138f71ebac66f4e95d1c72dc9267a8544f4d4667a53075fd0497c", "ResNet-101", Torch),
        new("alexnet", "bvlcalexnet-12", 243_863_787, "6b0da9510f27f234ee96a85dc3809dd210150fdefad87f6850f9788513216945", "AlexNet", Caffe),
        new("vgg16", "vgg16-12", 553_437_752, "722c42f53ca03a5480296bf8f9c85a151de3eed9ec982d7d2302ff6e2900c67b", "VGG-16", Torch),
        new("mnist", "mnist-12", 26_143, "5c688690f8bacf667d4c2074af5ad0646ca328d7ab03eccf944a65b320171bdd", "digits, white on black", Digits, HasImageNetLabels: false),
    ];

    /// <summary>The names of those for photographs, the best first by the accuracy their pages state.</summary>
    public static IReadOnlyList<string> BestFirst { get; } =
    [
        "efficientnet-lite4", "resnet101", "resnet50-v2", "resnet50", "densenet121", "resnet34", "vgg16", "mobilenetv2", "resnet18", "shufflenetv2", "googlenet", "squeezenet1.1", "squeezenet1.0", "alexnet",
    ];

    public static bool TryFind(string name, [NotNullWhen(true)] out ZooNetwork? found) =>
        (found = All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) is not null;
}
