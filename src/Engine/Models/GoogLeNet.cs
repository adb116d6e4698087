using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// GoogLeNet (Szegedy and others, "Going deeper with convolutions", 2015, table 1): nine inception modules, local response normalization before the first, and two
/// auxiliary heads behind modules 4a and 4d that only training uses (section 5). 6,998,552 parameters, 13,378,280 with the heads.
/// </summary>
internal static class GoogLeNet
{
    private const int Width = 64;

    /// <summary>Channels of each module: 1x1; before and of 3x3; before and of 5x5; behind pooling.</summary>
    private static readonly (string Name, int One, int Reduce3, int Three, int Reduce5, int Five, int Pooled)[] Modules =
    [
        ("3a", 64, 96, 128, 16, 32, 32), ("3b", 128, 128, 192, 32, 96, 64),
        ("4a", 192, 96, 208, 16, 48, 64), ("4b", 160, 112, 224, 24, 64, 64), ("4c", 128, 128, 256, 24, 64, 64), ("4d", 112, 144, 288, 32, 64, 64), ("4e", 256, 160, 320, 32, 128, 128),
        ("5a", 256, 160, 320, 32, 128, 128), ("5b", 384, 192, 384, 48, 128, 128),
    ];

    public static NetworkFamily Family { get; } = new("googlenet", "GoogLeNet: nine inception modules, auxiliary heads while it is trained", "Szegedy and others 2015",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 80, Recipe = FamilyRecipe.Plain, Auxiliary = ["auxiliary1", "auxiliary2"] };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Relu("conv1.relu", layers.Convolution("conv1", layers.Picture(), layers.Wide(64), 7, 2, 3));
        x = Response(layers, "norm1", layers.MaxPool("pool1", x, 3, 2, ceil: true));
        x = layers.Relu("conv2.reduce.relu", layers.Convolution("conv2.reduce", x, layers.Wide(64), 1));
        x = layers.Relu("conv2.relu", layers.Convolution("conv2", x, layers.Wide(192), 3, 1, 1));
        x = layers.MaxPool("pool2", Response(layers, "norm2", x), 3, 2, ceil: true);
        foreach (var module in Modules)
        {
            string name = $"inception{module.Name}";
            x = layers.Together(name,
                Unit("1x1", x, module.One, 1),
                Unit("3x3", Unit("3x3.reduce", x, module.Reduce3, 1), module.Three, 3),
                Unit("5x5", Unit("5x5.reduce", x, module.Reduce5, 1), module.Five, 5),
                Unit("pool.project", layers.MaxPool($"{name}.pool", x, 3, 1, 1), module.Pooled, 1));
            if (module.Name == "4a") Auxiliary(layers, "auxiliary1", x, choice.Classes);
            if (module.Name == "4d") Auxiliary(layers, "auxiliary2", x, choice.Classes);
            if (module.Name is "3b" or "4e") x = layers.MaxPool($"pool{module.Name[0]}", x, 3, 2, ceil: true);

            Value Unit(string part, Value from, int to, int kernel) =>
                layers.Relu($"{name}.{part}.relu", layers.Convolution($"{name}.{part}", from, layers.Wide(to), kernel, 1, kernel / 2));
        }
        return layers.Classifier(layers.Dropout("drop", layers.Flatten("flat", layers.Average("average", x)), 0.4f));
    }

    private static void Auxiliary(LayerBuilder layers, string name, Value x, int classes)
    {
        x = layers.AveragePool($"{name}.pool", x, 5, 3);
        x = layers.Relu($"{name}.conv.relu", layers.Convolution($"{name}.conv", x, layers.Wide(128), 1));
        x = layers.Relu($"{name}.fc.relu", layers.Dense($"{name}.fc", x, layers.Wide(1024)));
        layers.Dense(name, layers.Dropout($"{name}.drop", x, 0.7f), classes, Initializer.Glorot);
    }

    private static Value Response(LayerBuilder layers, string name, Value x) => layers.Add(new Lrn(Size: 5), name, x);
}
