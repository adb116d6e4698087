using System.Runtime.InteropServices;

namespace LiveCam.Engine.Tensors;

/// <summary>
/// An element type, a shape and a range of host memory holding the elements dense and row-major.
/// It has no gradient and no operators; what a device keeps is reached through its plan.
/// </summary>
public sealed class Tensor
{
    public ElementType Type { get; }
    public Shape Shape { get; }
    public Memory<byte> Bytes { get; }

    public int Count => Shape.ElementCount;

    /// <exception cref="LiveCamException">The range does not hold exactly Count elements.</exception>
    public Tensor(ElementType type, Shape shape, Memory<byte> bytes)
    {
        long expected = (long)shape.ElementCount * type.Size();
        if (bytes.Length != expected)
            throw new LiveCamException($"A {type} tensor of shape {shape} needs {expected} bytes, but {bytes.Length} are given.");
        (Type, Shape, Bytes) = (type, shape, bytes);
    }

    /// <summary>A tensor of zeros.</summary>
    public Tensor(ElementType type, Shape shape) : this(type, shape, new byte[ByteCount(type, shape)]) { }

    /// <summary>A tensor holding a copy of <paramref name="elements"/>.</summary>
    public static Tensor Of<T>(Shape shape, params ReadOnlySpan<T> elements) where T : unmanaged
    {
        var tensor = new Tensor(ElementTypes.Of<T>(), shape);
        if (elements.Length != tensor.Count)
            throw new LiveCamException($"A tensor of shape {shape} has {tensor.Count} elements, but {elements.Length} are given.");
        elements.CopyTo(tensor.Span<T>());
        return tensor;
    }

    public static Tensor Scalar<T>(T value) where T : unmanaged => Of(Shape.Scalar, value);

    /// <summary>The elements. <typeparamref name="T"/> has to be the C# form of <see cref="Type"/>.</summary>
    public Span<T> Span<T>() where T : unmanaged
    {
        if (ElementTypes.Of<T>() != Type)
            throw new LiveCamException($"A tensor of {Type} was read as {ElementTypes.Of<T>()}.");
        return MemoryMarshal.Cast<byte, T>(Bytes.Span);
    }

    /// <summary>The same elements under another shape with the same count.</summary>
    public Tensor Reshaped(Shape shape) => new(Type, shape, Bytes);

    private static int ByteCount(ElementType type, Shape shape)
    {
        long bytes = (long)shape.ElementCount * type.Size();
        if (bytes > Array.MaxLength)
            throw new LiveCamException($"A {type} tensor of shape {shape} needs {bytes} bytes, but one tensor may hold {Array.MaxLength}.");
        return (int)bytes;
    }
}
