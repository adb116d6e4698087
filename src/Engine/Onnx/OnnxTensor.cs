using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Single tensors in ONNX form (<c>test_data_set_0/input_0.pb</c>), as in the ONNX test suites.</summary>
public static class OnnxTensor
{
    /// <summary>Reads a file that holds one tensor, of any type LiveCam has; bfloat16 becomes float32.</summary>
    /// <exception cref="LiveCamException">The file is missing or damaged, or its type or size is one LiveCam refuses.</exception>
    public static Tensor Read(string path, ImportLimits? limits = null) => ReadNamed(path, limits).Tensor;

    /// <summary>As <see cref="Read"/>, with the name of the value the tensor is for (may be empty).</summary>
    public static (string Name, Tensor Tensor) ReadNamed(string path, ImportLimits? limits = null)
    {
        limits ??= ImportLimits.Default;
        using FileStream stream = ModelFile.Open(path, limits);
        TensorProto proto = ModelFile.Tensor(stream, limits, path, out long memory);
        var external = new ExternalData(path);
        return (proto.Name, new TensorReader(external, limits.MaxMemory - memory).Read(proto, $"tensor in {path}"));
    }
}
