using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// The networks of the protein-localisation table of the lectures (Rumetshofer, Hofmarcher, Röhrl, Hochreiter and Klambauer, "Human-level protein localization with convolutional neural
/// networks", 2019). Their pictures have the colours of four stains, and labels are 13 places in the cell, several a picture. None of the papers publishes a
/// count of parameters; what is ours is said at each network.
/// </summary>
internal static class Microscopy
{
    private const int Places = 13, Stains = 4;

    public static IReadOnlyList<NetworkFamily> Families { get; } =
    [
        new("gapnet-pl", "GapNet-PL: averages of three depths joined, SELU", "Rumetshofer and others 2019", new(Places, Stains, Size: 1024, Width: 32), GapNet) { LeastSize = 64, Recipe = FamilyRecipe.Plain with { Rate = 5e-3 } },
        new("deeploc", "DeepLoc: eight normalized 3x3 convolutions, three fully connected layers", "Kraus and others 2017", new(Classes: 19, Channels: 2, Size: 64, Width: 64), DeepLoc) { LeastSize = 16, Recipe = FamilyRecipe.Normalized },
        new("m-cnn", "M-CNN: seven resolutions side by side", "Godinez and others 2017", new(Places, Stains, Size: 512, Width: 16), MultiScale) { LeastSize = 128, Recipe = FamilyRecipe.Normalized },
        new("fcn-seg", "FCN-Seg: a map of each class, averaged", "Rumetshofer and others 2019", new(Places, Stains, Size: 512, Width: 32), MapsOfClasses) { LeastSize = 32, Recipe = FamilyRecipe.Normalized },
        new("mil-cnn", "convolutional multiple-instance learning with noisy-AND pooling", "Kraus, Ba and Frey 2016", new(Places, Stains, Size: 512, Width: 32), MultipleInstance) { LeastSize = 64, Recipe = FamilyRecipe.Normalized with { Rate = 0.01 } },
    ];

    /// <summary>
    /// Figure 4 there: three blocks of 3x3 convolutions with SELU; the global averages of the end of each, 32 + 64 + 128 numbers, then two layers of 256 units. The first convolution of the first two blocks halves the picture,
    /// and so does the pooling behind them. The lectures show the figure without its numbers: these are those of programs that name the paper.
    /// </summary>
    private static Graph GapNet(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, width: 32);
        Value first = Unit("block1.conv1", layers.Picture(), 32, 2), second = Block("block2", layers.MaxPool("pool1", first, 2, 2), 64, 2);
        Value third = Block("block3", layers.MaxPool("pool2", second, 2, 2), 128, 1);
        Value x = layers.Together("averages", Mean("block1", first), Mean("block2", second), Mean("block3", third));
        for (int i = 1; i <= 2; i++)
            x = layers.Add(new Selu(), $"fc{i}.selu", layers.Dense($"fc{i}", x, layers.Wide(256), Initializer.Selu));
        return layers.Classifier(x);

        Value Block(string name, Value from, int to, int stride)
        {
            for (int i = 1; i <= 3; i++) from = Unit($"{name}.conv{i}", from, to, i == 1 ? stride : 1);
            return from;
        }
        Value Unit(string name, Value from, int to, int stride) => layers.Add(new Selu(), $"{name}.selu", layers.Convolution(name, from, layers.Wide(to), 3, stride, 1, rule: Initializer.Selu));
        Value Mean(string name, Value from) => layers.Flatten($"{name}.flat", layers.Average($"{name}.average", from));
    }

    /// <summary>
    /// Kraus and others, "Automated analysis of high-content microscopy data with deep learning", 2017: cells of 64x64 pixels in two colours and 19 places in yeast; convolutions of 64, 64; 128, 128; 256
    /// four times, pooling between, and two layers of 512 units.
    /// </summary>
    private static Graph DeepLoc(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, width: 64);
        Value x = layers.Picture();
        foreach ((int stage, (int channels, int repeat)) in new[] { (64, 2), (128, 2), (256, 4) }.Index())
        {
            for (int i = 1; i <= repeat; i++) x = layers.Unit($"conv{stage + 1}_{i}", x, layers.Wide(channels), 3, pad: 1);
            x = layers.MaxPool($"pool{stage + 1}", x, 2, 2);
        }
        for (int i = 1; i <= 2; i++)
            x = layers.Relu($"fc{i}.relu", layers.Dense($"fc{i}", x, layers.Wide(512)));
        return layers.Classifier(layers.Dropout("drop", x));
    }

    /// <summary>
    /// Godinez, Hossain, Lazic, Davies and Zhang, "A multi-scale convolutional neural network for phenotyping high-content cellular images", 2017: seven copies of the picture, each half the one before, through
    /// 5x5 convolutions of their own; all pooled to the coarsest and joined, a 1x1 convolution over all, 512 units. Two convolutions a resolution, and how many channels each has, are ours.
    /// </summary>
    private static Graph MultiScale(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, width: 16);
        int[] channels = [16, 16, 16, 32, 32, 32, 64];
        Value picture = layers.Picture();
        var scales = new Value[channels.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            Value x = i == 0 ? picture : layers.AveragePool($"scale{i}", picture, 1 << i, 1 << i);
            for (int j = 1; j <= 2; j++) x = layers.Unit($"scale{i}.conv{j}", x, layers.Wide(channels[i]), 5, pad: 2);
            int rest = 1 << (channels.Length - 1 - i);
            scales[i] = rest == 1 ? x : layers.MaxPool($"scale{i}.pool", x, rest, rest);
        }
        Value all = layers.Unit("mixed", layers.Together("scales", scales), layers.Wide(1024), 1);
        all = layers.Add(new GlobalMaxPool(), "pool", all);
        return layers.Classifier(layers.Dropout("drop", layers.Relu("fc.relu", layers.Dense("fc", all, layers.Wide(512)))));
    }

    /// <summary>A network for segmentation (Long, Shelhamer and Darrell 2015) that is told only which classes a picture has: its maps, one a class, are averaged. The layers are ours.</summary>
    private static Graph MapsOfClasses(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, width: 32);
        Value x = layers.Picture();
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int i = 1; i <= 2; i++) x = layers.Unit($"conv{stage}_{i}", x, layers.Wide(32 << (stage - 1)), 3, pad: 1);
            x = layers.MaxPool($"pool{stage}", x, 2, 2);
        }
        x = layers.Convolution("maps", layers.Unit("conv5", x, layers.Wide(512), 1), choice.Classes, 1, rule: Initializer.Glorot);
        return layers.Finish(LayerBuilder.Output, layers.Flatten(LayerBuilder.Output, layers.Average("average", x)));
    }

    /// <summary>
    /// Kraus, Ba and Frey, "Classifying and segmenting microscopy images with deep multiple instance learning", 2016: a probability of each class at each place, joined by the noisy AND
    /// (s(a (m - b)) - s(-a b)) / (s(a (1 - b)) - s(-a b)) of their mean m, s the logistic function, b learned for each class and a = 10; a layer over classes follows. Widths of the convolutions as we know them, not from the paper.
    /// </summary>
    private static Graph MultipleInstance(NetworkChoice choice)
    {
        const float Slope = 10;
        var layers = new LayerBuilder(choice, width: 32);
        Value x = layers.Unit("conv2", layers.Unit("conv1", layers.AveragePool("pool0", layers.Picture(), 3, 2, 1), layers.Wide(32), 3), layers.Wide(64), 3);
        x = layers.Unit("conv3", layers.MaxPool("pool1", x, 3, 2), layers.Wide(64), 5, pad: 2);
        x = layers.Unit("conv4", layers.MaxPool("pool2", x, 3, 2), layers.Wide(128), 3, pad: 1);
        x = layers.Unit("conv5", layers.MaxPool("pool3", x, 3, 2, 1), layers.Wide(128), 3, pad: 1);
        x = layers.Unit("conv6", layers.MaxPool("pool4", x, 3, 2, 1), layers.Wide(1000), 1);
        x = layers.Add(new Sigmoid(), "instances", layers.Convolution("conv7", x, choice.Classes, 1, rule: Initializer.Glorot));
        Value mean = layers.Flatten("mean", layers.Average("average", x));
        Value minus = layers.Filled("threshold", [1, choice.Classes], -0.5f), one = layers.Fixed("one", Tensor.Scalar(1f)), slope = layers.Fixed("slope", Tensor.Scalar(Slope));
        Value none = At("none", minus), some = At("some", layers.Sum("some.shift", mean, minus)), all = At("all", layers.Sum("all.shift", minus, one));
        Value bag = layers.Add(new Div(), "bag", Less("bag.above", some, none), Less("bag.range", all, none));
        return layers.Classifier(bag);

        Value At(string name, Value shifted) => layers.Add(new Sigmoid(), name, layers.Product($"{name}.slope", shifted, slope));
        Value Less(string name, Value a, Value b) => layers.Add(new Sub(), name, a, b);
    }
}
