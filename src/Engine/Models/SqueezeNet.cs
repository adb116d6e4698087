using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// SqueezeNet (Iandola and others, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016, table 1): fire modules, which squeeze with 1x1
/// convolutions and expand with 1x1 and 3x3 ones; classes are maps, averaged. 1,248,424 parameters. Version 1.1 of the authors' program has a smaller
/// first layer and pools earlier: 1,235,496 parameters and 2.4 times less work.
/// </summary>
internal static class SqueezeNet
{
    private const int Width = 16;

    /// <summary>Squeezed and expanded channels (of each kernel) of modules 2 to 9.</summary>
    private static readonly (int Squeeze, int Expand)[] Modules = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)];

    public static IReadOnlyList<NetworkFamily> Families { get; } =
    [
        Family("squeezenet1.0", "SqueezeNet 1.0: fire modules of 1x1 and 3x3 convolutions", new(96, 7, [1, 4, 8])),
        Family("squeezenet1.1", "SqueezeNet 1.1: fire modules of 1x1 and 3x3 convolutions, pooled earlier", new(64, 3, [1, 3, 5])),
    ];

    /// <param name="First">Channels of the first convolution.</param>
    /// <param name="PooledAfter">The convolution and the modules that pooling follows.</param>
    private sealed record Form(int First, int Kernel, int[] PooledAfter);

    private static NetworkFamily Family(string name, string description, Form form) => new(name, description, "Iandola and others 2016",
        new(Classes: 1000, Channels: 3, Size: 224, Width), choice => Build(choice, form)) { LeastSize = 32, Recipe = FamilyRecipe.Adaptive with { Rate = 1e-3, Decay = 1e-4 } };

    private static Graph Build(NetworkChoice choice, Form form)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Relu("conv1.relu", layers.Convolution("conv1", layers.Picture(), layers.Wide(form.First), form.Kernel, 2));
        for (int module = 1; module <= Modules.Length + 1; module++)
        {
            if (module > 1) x = Fire(layers, $"fire{module}", x, Modules[module - 2].Squeeze, Modules[module - 2].Expand);
            if (form.PooledAfter.Contains(module)) x = layers.MaxPool($"pool{module}", x, 3, 2, ceil: true);
        }
        x = layers.Relu("conv10.relu", layers.Convolution("conv10", layers.Dropout("drop9", x), choice.Classes, 1));
        return layers.Finish(LayerBuilder.Output, layers.Flatten(LayerBuilder.Output, layers.Average("average", x)));
    }

    private static Value Fire(LayerBuilder layers, string name, Value x, int squeeze, int expand)
    {
        Value narrow = layers.Relu($"{name}.squeeze.relu", layers.Convolution($"{name}.squeeze", x, layers.Wide(squeeze), 1));
        return layers.Together(name, layers.Relu($"{name}.expand1.relu", layers.Convolution($"{name}.expand1", narrow, layers.Wide(expand), 1)),
            layers.Relu($"{name}.expand3.relu", layers.Convolution($"{name}.expand3", narrow, layers.Wide(expand), 3, pad: 1)));
    }
}
