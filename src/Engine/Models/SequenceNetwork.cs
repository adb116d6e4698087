using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// A window that slides over a gene sequence (lectures: Schütt, "Convolutional neural networks", TU Berlin 2018): each of its outputs is 1 where a word of three letters stands and
/// 0 elsewhere; their sums over the sequence, <c>features</c>, are the feature map of the string kernel that compares all substrings of that length, and a
/// fully connected layer ranks classes. It starts with exactly the kernel's words, and training may change them.
/// </summary>
/// <remarks>Input <c>sequence</c>: N, 4, length; 1 in the row of the letter A, C, G or T. The lectures publish no sizes.</remarks>
internal static class SequenceNetwork
{
    /// <summary>The sums, one a word: N by 4^3. Word w has the letters w / 16, w / 4 mod 4 and w mod 4.</summary>
    public const string Features = "features";

    public const string Input = "sequence";

    private const int Letters = 4, Word = 3, Words = 64;

    public static NetworkFamily Family { get; } = new("sequence", "a window over gene sequences whose features are those of a string kernel", "lectures: Schütt 2018",
        new(Classes: 2, Channels: 1, Size: 100, Width: Words), Build) { Task = NetworkTask.OtherInput, LeastSize = Word };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Words);
        int words = layers.Wide(Words), windows = choice.Size - Word + 1;
        // A word's own letters sum to 3; with 2 less, 1 is left of a whole word and nothing of others.
        Value x = layers.Add(new Conv2d(new Window([Word], [1], [0, 0], [1])), "words.sum", layers.Declare(Input, [-1, Letters, choice.Size]),
            layers.Parameter("words.kernel", [words, Letters, Word], () => Indicators(words)), layers.Filled("words.bias", [words], 1 - Word));
        x = layers.Flatten("mean", layers.Average("average", layers.Relu("words", x)));
        x = layers.Product(Features, x, layers.Fixed("windows", Tensor.Scalar((float)windows)));
        return layers.Classifier(x);
    }

    private static Tensor Indicators(int words)
    {
        var tensor = new Tensor(ElementType.Float32, [words, Letters, Word]);
        for (int word = 0; word < words; word++)
            for (int place = 0; place < Word; place++)
            {
                int letter = word >> (2 * (Word - 1 - place)) & (Letters - 1);
                tensor.Span<float>()[(word * Letters + letter) * Word + place] = 1;
            }
        return tensor;
    }
}
