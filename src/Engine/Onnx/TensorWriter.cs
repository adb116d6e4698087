using Google.Protobuf;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>Turns <see cref="Tensor"/>s into ONNX tensors of raw bytes, which share the tensor's memory.</summary>
internal static class TensorWriter
{
    public static TensorProto Write(Tensor tensor)
    {
        var proto = new TensorProto { DataType = OnnxTypes.Number(tensor.Type), RawData = UnsafeByteOperations.UnsafeWrap(tensor.Bytes) };
        foreach (int extent in tensor.Shape)
            proto.Dims.Add(extent);
        return proto;
    }
}
