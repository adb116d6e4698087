using LiveCam.Engine.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = LiveCam.Engine.Tensors.Tensor;

namespace LiveCam.Engine.Tests.Onnx.Peers;

/// <summary>What ONNX Runtime, a program that is not ours, makes of one model.</summary>
internal sealed record OnnxRuntime(string? Error, IReadOnlyDictionary<string, Tensor> Outputs)
{
    private static readonly (TensorElementType Theirs, ElementType Ours)[] Types =
    [
        (TensorElementType.Float, ElementType.Float32), (TensorElementType.Double, ElementType.Float64), (TensorElementType.Float16, ElementType.Float16),
        (TensorElementType.BFloat16, ElementType.BFloat16), (TensorElementType.Int8, ElementType.Int8), (TensorElementType.Int16, ElementType.Int16), (TensorElementType.Int32, ElementType.Int32),
        (TensorElementType.Int64, ElementType.Int64), (TensorElementType.UInt8, ElementType.UInt8), (TensorElementType.UInt16, ElementType.UInt16),
        (TensorElementType.UInt32, ElementType.UInt32), (TensorElementType.UInt64, ElementType.UInt64), (TensorElementType.Bool, ElementType.Bool),
    ];

    /// <summary>Runs the model once on one thread; an error of its own is told, not thrown.</summary>
    public static OnnxRuntime Run(byte[] model, IReadOnlyList<(string Name, Tensor Value)> inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            using var session = new InferenceSession(model, options);
            using var values = new DisposableList<OrtValue>(inputs.Count);
            foreach ((_, Tensor value) in inputs)
                values.Add(Value(value));
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [.. inputs.Select(input => input.Name)], values, session.OutputNames);
            return new(null, session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => Read(pair.Second)));
        }
        catch (OnnxRuntimeException error)
        {
            return new(error.Message, new Dictionary<string, Tensor>());
        }
    }

    private static OrtValue Value(Tensor tensor)
    {
        OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, Types.Single(pair => pair.Ours == tensor.Type).Theirs,
            [.. tensor.Shape.Select(extent => (long)extent)]);
        tensor.Bytes.Span.CopyTo(Bytes(value));
        return value;
    }

    private static Tensor Read(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return new(Types.Single(pair => pair.Theirs == info.ElementDataType).Ours, Shape.FromLongs(info.Shape), Bytes(value).ToArray());
    }

    private static Span<byte> Bytes(OrtValue value) => value.GetTensorMutableRawData();

    private sealed class DisposableList<T>(int capacity) : List<T>(capacity), IDisposable where T : IDisposable
    {
        public void Dispose() => ForEach(item => item.Dispose());
    }
}
