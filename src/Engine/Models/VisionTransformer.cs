using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// A small vision transformer (Dosovitskiy and others, "An image is worth 16x16 words", 2021; the size of DeiT-S: Touvron and others, "Training data-efficient image transformers", 2021, table 1): patches of 16x16
/// pixels are 384 numbers each, a class token stands before them, twelve layers of attention with six heads and of four times wider perceptrons follow. 22,050,664 parameters.
/// </summary>
internal static class VisionTransformer
{
    private const int Width = 384, Heads = 6, Depth = 12, Patch = 16, Expansion = 4;
    private const float Epsilon = 1e-6f;

    public static NetworkFamily Family { get; } = new("vit-s", "ViT-S/16: twelve layers of attention over patches of 16x16 pixels", "Dosovitskiy and others 2021, Touvron and others 2021",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Adaptive with { Rate = 5e-4 } };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        int width = layers.Wide(Width, Heads), side = choice.Size / Patch, tokens = side * side + 1;
        Value x = layers.Convolution("patches", layers.Picture(), width, Patch, Patch, rule: Initializer.LeCun);
        x = layers.Add(new Reshape(), "rows", x, layers.Numbers("rows.shape", 0, width, tokens - 1));
        x = layers.Add(new Transpose([0, 2, 1]), "tokens", x);
        // The class token once for each picture: nothing of the first patch, plus the token.
        Value first = layers.Product("class.empty", Token(layers, "class.place", x), layers.Fixed("class.nothing", Tensor.Scalar(0f)));
        first = layers.Sum("class", first, layers.Weight("class.token", [1, 1, width], Initializer.Glorot));
        x = layers.Sum("placed", layers.Together("all", first, x), layers.Weight("places", [1, tokens, width], Initializer.Glorot));
        for (int layer = 1; layer <= Depth; layer++)
        {
            string name = $"layer{layer}";
            x = layers.Sum($"{name}.attended", x, Attention(layers, $"{name}.attention", layers.LayerNorm($"{name}.norm1", x, Epsilon), tokens, width));
            Value y = layers.EachDense($"{name}.widen", layers.LayerNorm($"{name}.norm2", x, Epsilon), width * Expansion, Initializer.Glorot);
            x = layers.Sum(name, x, layers.EachDense($"{name}.narrow", layers.Add(new Gelu(), $"{name}.gelu", y), width, Initializer.Glorot));
        }
        return layers.Classifier(layers.Flatten("flat", Token(layers, "answer", layers.LayerNorm("norm", x, Epsilon))));
    }

    /// <summary>The first token of each picture.</summary>
    private static Value Token(LayerBuilder layers, string name, Value x) => layers.Channels(name, x, 0, 1);

    /// <summary>softmax(Q K / sqrt(d)) V for each head (Vaswani and others 2017, section 3.2).</summary>
    private static Value Attention(LayerBuilder layers, string name, Value x, int tokens, int width)
    {
        int each = width / Heads;
        Value all = layers.EachDense($"{name}.in", x, 3 * width, Initializer.Glorot);
        all = layers.Add(new Reshape(), $"{name}.heads", all, layers.Numbers($"{name}.heads.shape", 0, tokens, 3, Heads, each));
        Value query = Part("query", 0, [0, 2, 1, 3]), key = Part("key", 1, [0, 2, 3, 1]), value = Part("value", 2, [0, 2, 1, 3]);
        Value scores = layers.Product($"{name}.scaled", layers.Add(new MatMul(), $"{name}.scores", query, key), layers.Fixed($"{name}.scale", Tensor.Scalar(1 / MathF.Sqrt(each))));
        Value mixed = layers.Add(new MatMul(), $"{name}.mixed", layers.Add(new Softmax(-1), $"{name}.shares", scores), value);
        mixed = layers.Add(new Transpose([0, 2, 1, 3]), $"{name}.places", mixed);
        mixed = layers.Add(new Reshape(), $"{name}.joined", mixed, layers.Numbers($"{name}.joined.shape", 0, tokens, width));
        return layers.EachDense($"{name}.out", mixed, width, Initializer.Glorot);

        Value Part(string part, int number, Ints order)
        {
            Value one = layers.Add(new Slice(), $"{name}.{part}.part", all, layers.Numbers($"{name}.{part}.from", number), layers.Numbers($"{name}.{part}.to", number + 1), layers.Numbers($"{name}.{part}.axis", 2));
            one = layers.Add(new Squeeze(), $"{name}.{part}.squeezed", one, layers.Numbers($"{name}.{part}.gone", 2));
            return layers.Add(new Transpose(order), $"{name}.{part}", one);
        }
    }
}
