using System.Diagnostics.CodeAnalysis;

namespace LiveCam.Engine.Models;

/// <summary>The one table of networks LiveCam builds itself.</summary>
public static class NetworkTable
{
    public static IReadOnlyList<NetworkFamily> All { get; } =
    [
        LeNet5.Family, LeCun1989.Family, TwoConvolutions.Family, FullyConnected.Family, Neocognitron.Family, SmallVgg.Family,
        AlexNet.Family, .. Vgg.Families, GoogLeNet.Family, InceptionV3.Family, Xception.Family,
        .. ResNet.ImageNet, .. ResNet.Cifar, PreActivationResNet.Family, DenseNet.Family, SelfNormalizing.Family,
        .. SqueezeNet.Families, MobileNet.First, MobileNet.Second, MobileNetV3.Large, MobileNetV3.Small, ShuffleNet.Family, EfficientNet.Family,
        ConvNext.Family, VisionTransformer.Family, .. FullyConvolutional.Families, .. Microscopy.Families, SequenceNetwork.Family, ClipNetwork.Family, SchNet.Family, Dcgan.Family,
    ];

    /// <summary>The names of those that can be taught classes of pictures, as a person reads them.</summary>
    public static string Classifiers { get; } = string.Join(", ", All.Where(family => family.Classifies).Select(family => family.Name));

    /// <summary>Finds a family by its name, in any case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out NetworkFamily? family)
    {
        family = All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return family is not null;
    }
}
