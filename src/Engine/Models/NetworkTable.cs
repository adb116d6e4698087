using System.Diagnostics.CodeAnalysis;

namespace LiveCam.Engine.Models;

/// <summary>The one table of networks LiveCam builds itself.</summary>
public static class NetworkTable
{
    public static IReadOnlyList<NetworkFamily> All { get; } =
    [
        new("lenet5", "LeNet-5 of the lectures: three 5x5 convolutions, two fully connected layers (61,706 parameters)",
            new(Classes: 10, Channels: 1, Size: 32, Width: 6, Seed: 1), LeNet5.Build, leastSize: 32, isFixedSize: true),
        new("conv2", "the lectures' network of two convolutions and two fully connected layers (431,080 parameters)",
            new(Classes: 10, Channels: 1, Size: 28, Width: 20, Seed: 1), TwoConvolutions.Build, leastSize: 16),
        new("dense", "fully connected, two hidden layers (535,818 parameters)",
            new(Classes: 10, Channels: 1, Size: 28, Width: 512, Seed: 1), FullyConnected.Build, leastSize: 1),
        new("vgg6", "small VGG, three stages of two normalized 3x3 convolutions (288,170 parameters)",
            new(Classes: 10, Channels: 1, Size: 28, Width: 32, Seed: 1), Vgg.Build, leastSize: 8),
        new("resnet20", "ResNet-20 for CIFAR with projection shortcuts (272,474 parameters)",
            new(Classes: 10, Channels: 3, Size: 32, Width: 16, Seed: 1), ResNet.Build20, leastSize: 8),
        new("resnet18", "ResNet-18 (11,689,512 parameters); pictures below 64 pixels keep their resolution in the first layers",
            new(Classes: 1000, Channels: 3, Size: 224, Width: 64, Seed: 1), ResNet.Build18, leastSize: 8),
    ];

    /// <summary>Finds a family by its name, in any case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out NetworkFamily? family)
    {
        family = All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return family is not null;
    }
}
