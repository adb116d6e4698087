using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// Inception v3 (Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the inception architecture for computer vision", 2016, table 1): 299 pixels, modules whose
/// large kernels are two small ones, 1x7 and 7x1, or 1x3 beside 3x1; every convolution normalized; one auxiliary head while it is trained. Channels within
/// modules as in the authors' program. 23,834,568 parameters, 27,161,264 with the head.
/// </summary>
internal static class InceptionV3
{
    private const int Width = 32;
    private const float Epsilon = 1e-3f;

    public static NetworkFamily Family { get; } = new("inception-v3", "Inception v3: factorized kernels, normalized, an auxiliary head while it is trained", "Szegedy and others 2016",
        new(Classes: 1000, Channels: 3, Size: 299, Width), choice => new Builder(choice).Build()) { LeastSize = 139, Recipe = FamilyRecipe.Normalized with { Rate = 0.02 }, Auxiliary = ["auxiliary"] };

    private sealed class Builder(NetworkChoice choice)
    {
        private readonly LayerBuilder layers = new(choice, Width);

        public Graph Build()
        {
            Value x = Unit("conv1", layers.Picture(), 32, 3, stride: 2);
            x = Unit("conv3", Unit("conv2", x, 32, 3), 64, 3, pad: 1);
            x = Unit("conv5", Unit("conv4", layers.MaxPool("pool1", x, 3, 2), 80, 1), 192, 3);
            x = layers.MaxPool("pool2", x, 3, 2);
            x = Small("mixed5c", Small("mixed5b", x, 32), 64);
            x = Narrowed("mixed6a", Small("mixed5d", x, 64));
            x = Wide("mixed6d", Wide("mixed6c", Wide("mixed6b", x, 128), 160), 160);
            x = Wide("mixed6e", x, 192);
            Auxiliary(x);
            x = Spread("mixed7c", Spread("mixed7b", NarrowedAgain("mixed7a", x)));
            return layers.Classifier(layers.Dropout("drop", layers.Flatten("flat", layers.Average("average", x))));
        }

        /// <summary>Figure 5: 1x1, 5x5, two 3x3, and a projection of the mean.</summary>
        private Value Small(string name, Value x, int pooled) => layers.Together(name,
            Unit($"{name}.1x1", x, 64, 1),
            Unit($"{name}.5x5", Unit($"{name}.5x5.reduce", x, 48, 1), 64, 5, pad: 2),
            Unit($"{name}.3x3b", Unit($"{name}.3x3a", Unit($"{name}.3x3.reduce", x, 64, 1), 96, 3, pad: 1), 96, 3, pad: 1),
            Unit($"{name}.project", Mean(name, x), pooled, 1));

        /// <summary>Figure 10, from 35 to 17 pixels.</summary>
        private Value Narrowed(string name, Value x) => layers.Together(name,
            Unit($"{name}.3x3", x, 384, 3, stride: 2),
            Unit($"{name}.3x3c", Unit($"{name}.3x3b", Unit($"{name}.3x3.reduce", x, 64, 1), 96, 3, pad: 1), 96, 3, stride: 2),
            layers.MaxPool($"{name}.pool", x, 3, 2));

        /// <summary>Figure 6 with n = 7.</summary>
        private Value Wide(string name, Value x, int inner)
        {
            Value twice = Unit($"{name}.twice.reduce", x, inner, 1);
            foreach ((int i, int to) in new[] { inner, inner, inner, 192 }.Index())
                twice = Line($"{name}.twice{i + 1}", twice, to, 7, isRow: i % 2 == 1);
            return layers.Together(name, Unit($"{name}.1x1", x, 192, 1),
                Line($"{name}.7x1", Line($"{name}.1x7", Unit($"{name}.reduce", x, inner, 1), inner, 7, isRow: true), 192, 7, isRow: false),
                twice, Unit($"{name}.project", Mean(name, x), 192, 1));
        }

        /// <summary>From 17 to 8 pixels.</summary>
        private Value NarrowedAgain(string name, Value x)
        {
            Value lines = Line($"{name}.7x1", Line($"{name}.1x7", Unit($"{name}.7x7.reduce", x, 192, 1), 192, 7, isRow: true), 192, 7, isRow: false);
            return layers.Together(name, Unit($"{name}.3x3", Unit($"{name}.3x3.reduce", x, 192, 1), 320, 3, stride: 2), Unit($"{name}.7x7", lines, 192, 3, stride: 2), layers.MaxPool($"{name}.pool", x, 3, 2));
        }

        /// <summary>Figure 7: 1x3 beside 3x1.</summary>
        private Value Spread(string name, Value x)
        {
            Value once = Unit($"{name}.once", x, 384, 1), twice = Unit($"{name}.twice", Unit($"{name}.twice.reduce", x, 448, 1), 384, 3, pad: 1);
            return layers.Together(name, Unit($"{name}.1x1", x, 320, 1),
                Line($"{name}.once.1x3", once, 384, 3, isRow: true), Line($"{name}.once.3x1", once, 384, 3, isRow: false),
                Line($"{name}.twice.1x3", twice, 384, 3, isRow: true), Line($"{name}.twice.3x1", twice, 384, 3, isRow: false),
                Unit($"{name}.project", Mean(name, x), 192, 1));
        }

        private void Auxiliary(Value x)
        {
            x = Unit("auxiliary.project", layers.AveragePool("auxiliary.pool", x, 5, 3), 128, 1);
            // What is left of 17x17 pixels is 5x5, all of it under one kernel; of smaller pictures less.
            x = Unit("auxiliary.conv", x, 768, Math.Min(5, layers.ShapeOf(x)[2]));
            layers.Dense("auxiliary", layers.Flatten("auxiliary.flat", layers.Average("auxiliary.average", x)), choice.Classes, Initializer.Glorot);
        }

        /// <summary>The mean of 3x3 pixels, a border of zeros counted.</summary>
        private Value Mean(string name, Value x) => layers.Add(new AveragePool(Window.Square(3, 1, 1), CountIncludePad: true), $"{name}.pool", x);

        private Value Unit(string name, Value x, int to, int kernel, int stride = 1, int pad = 0) => Unit(name, x, to, Window.Square(kernel, stride, pad));

        /// <summary>A kernel of one row, or of one column.</summary>
        private Value Line(string name, Value x, int to, int length, bool isRow) => Unit(name, x, to, isRow
            ? new Window([1, length], [1, 1], [0, length / 2, 0, length / 2], [1, 1]) : new Window([length, 1], [1, 1], [length / 2, 0, length / 2, 0], [1, 1]));

        private Value Unit(string name, Value x, int to, Window window) =>
            layers.Relu($"{name}.relu", layers.Normalization($"{name}.norm", layers.Convolution(name, x, layers.Wide(to), window, hasBias: false), Epsilon));
    }
}
