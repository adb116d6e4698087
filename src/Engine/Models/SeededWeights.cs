using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// The weights a network starts from. Each is a function of the seed, the parameter's name and the place of the element (a counter, no
/// state), computed with integers and correctly rounded operations only: the same bits on every machine, and a layer more
/// changes no other layer. For that reason the distributions are the uniform ones.
/// </summary>
internal sealed class SeededWeights(long seed)
{
    public Tensor He(string name, Shape shape) => Of(Initializer.He, name, shape);
    public Tensor Glorot(string name, Shape shape) => Of(Initializer.Glorot, name, shape);

    /// <summary>Weights by the rule of an initializer. A uniform variable within +-b has the variance b^2 / 3.</summary>
    public Tensor Of(Initializer rule, string name, Shape shape) => Uniform(name, shape, Math.Sqrt(rule switch
    {
        Initializer.He => 6.0 / FanIn(shape),
        Initializer.Glorot => 6.0 / (FanIn(shape) + FanOut(shape)),
        _ => 3.0 / FanIn(shape),
    }));

    /// <summary>The same number everywhere.</summary>
    public static Tensor Constant(Shape shape, float value)
    {
        var tensor = new Tensor(ElementType.Float32, shape);
        tensor.Span<float>().Fill(value);
        return tensor;
    }

    private Tensor Uniform(string name, Shape shape, double bound)
    {
        var tensor = new Tensor(ElementType.Float32, shape);
        ulong key = Mixed(Mixed((ulong)seed) ^ HashOf(name));
        Span<float> elements = tensor.Span<float>();
        for (int i = 0; i < elements.Length; i++)
        {
            // 53 random bits, exactly representable, in [-1, 1).
            double unit = (long)(Mixed(key + (ulong)i * Golden) >> 11) * (1.0 / (1L << 52)) - 1;
            elements[i] = (float)(unit * bound);
        }
        return tensor;
    }

    // Weights are K,C,kernel or, of fully connected layers, outputs by inputs.
    private static int FanIn(Shape shape) => shape.CountOf(1, shape.Rank);
    private static int FanOut(Shape shape) => shape[0] * shape.CountOf(2, shape.Rank);

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</summary>
    private static ulong Mixed(ulong x)
    {
        x += Golden;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>FNV-1a in 64 bits: strings of .NET hash otherwise in every process.</summary>
    private static ulong HashOf(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in name)
            hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
