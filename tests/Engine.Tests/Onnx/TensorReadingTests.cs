using System.Runtime.InteropServices;
using Google.Protobuf;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

public class TensorReadingTests
{
    private static Tensor Read(TensorProto proto, long memory = 1 << 20) => new TensorReader(null, memory).Read(proto, "weight \"w\"");

    private static string Refusal(TensorProto proto, long memory = 1 << 20) =>
        Assert.Throws<LiveCamException>(() => Read(proto, memory)).Message;

    private static ByteString Raw<T>(params T[] values) where T : unmanaged => ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values));

    private static void Same<T>(ElementType type, int onnxType, T[] values, Action<TensorProto> addToLists) where T : unmanaged
    {
        var raw = new TensorProto { DataType = onnxType, Dims = { 1, values.Length }, RawData = Raw(values) };
        var lists = new TensorProto { DataType = onnxType, Dims = { 1, values.Length } };
        addToLists(lists);
        foreach (TensorProto proto in (TensorProto[])[raw, lists])
        {
            Tensor tensor = Read(proto);
            Assert.Equal(type, tensor.Type);
            Assert.Equal([1, values.Length], tensor.Shape);
            Assert.Equal(MemoryMarshal.AsBytes<T>(values).ToArray(), tensor.Bytes.ToArray());
        }
    }

    [Fact]
    public void Raw_bytes_and_typed_lists_give_the_same_tensor_in_every_type()
    {
        Same<float>(ElementType.Float32, 1, [1.5f, -0f, float.NaN], x => x.FloatData.Add([1.5f, -0f, float.NaN]));
        Same<byte>(ElementType.UInt8, 2, [0, 255], x => x.Int32Data.Add([0, 255]));
        Same<sbyte>(ElementType.Int8, 3, [-128, 127], x => x.Int32Data.Add([-128, 127]));
        Same<ushort>(ElementType.UInt16, 4, [0, 65535], x => x.Int32Data.Add([0, 65535]));
        Same<short>(ElementType.Int16, 5, [-32768, 32767], x => x.Int32Data.Add([-32768, 32767]));
        Same<int>(ElementType.Int32, 6, [int.MinValue, int.MaxValue], x => x.Int32Data.Add([int.MinValue, int.MaxValue]));
        Same<long>(ElementType.Int64, 7, [long.MinValue, long.MaxValue], x => x.Int64Data.Add([long.MinValue, long.MaxValue]));
        Same<bool>(ElementType.Bool, 9, [true, false], x => x.Int32Data.Add([1, 0]));
        Same<Half>(ElementType.Float16, 10, [(Half)1.5, Half.NegativeInfinity], x => x.Int32Data.Add([0x3e00, 0xfc00]));
        Same<double>(ElementType.Float64, 11, [0.1, double.MaxValue], x => x.DoubleData.Add([0.1, double.MaxValue]));
        Same<uint>(ElementType.UInt32, 12, [0, uint.MaxValue], x => x.Uint64Data.Add([0, uint.MaxValue]));
        Same<ulong>(ElementType.UInt64, 13, [0, ulong.MaxValue], x => x.Uint64Data.Add([0, ulong.MaxValue]));
    }

    [Fact]
    public void Bfloat16_stays_what_it_is()
    {
        foreach (TensorProto proto in (TensorProto[])[
            new() { DataType = 16, Dims = { 3 }, RawData = Raw<ushort>(0x3fc0, 0xc000, 0x7f80) },
            new() { DataType = 16, Dims = { 3 }, Int32Data = { 0x3fc0, 0xc000, 0x7f80 } }])
            Assert.Equal([1.5f, -2f, float.PositiveInfinity], Read(proto).ToFloat32().Span<float>().ToArray());
    }

    [Fact]
    public void Raw_bytes_are_not_copied()
    {
        var proto = new TensorProto { DataType = 1, Dims = { 2 }, RawData = Raw(1f, 2f) };
        Assert.True(Read(proto).Bytes.Span.Overlaps(proto.RawData.Span));
    }

    [Fact]
    public void A_bool_is_zero_or_one_whatever_the_file_holds() =>
        Assert.Equal([1, 0, 1], Read(new() { DataType = 9, Dims = { 3 }, RawData = Raw<byte>(255, 0, 1) }).Bytes.ToArray());

    [Fact]
    public void Scalars_and_empty_tensors_are_read()
    {
        Assert.Equal(Shape.Scalar, Read(new() { DataType = 1, RawData = Raw(4f) }).Shape);
        Assert.Equal([0, 3], Read(new() { DataType = 1, Dims = { 0, 3 } }).Shape);
    }

    [Fact]
    public void Elements_that_do_not_match_the_shape_are_refused()
    {
        Assert.Equal("The weight \"w\" of shape 3 needs 12 bytes, but the file has 8.", Refusal(new() { DataType = 1, Dims = { 3 }, RawData = Raw(1f, 2f) }));
        Assert.Contains("needs 3 elements, but the file has 1", Refusal(new() { DataType = 1, Dims = { 3 }, FloatData = { 1 } }));
        Assert.Contains("needs 3 elements, but the file has 0", Refusal(new() { DataType = 1, Dims = { 3 }, Int32Data = { 1, 2, 3 } }));
        Assert.Contains("holds 256", Refusal(new() { DataType = 2, Dims = { 1 }, Int32Data = { 256 } }));
        Assert.Contains("holds 4294967296", Refusal(new() { DataType = 12, Dims = { 1 }, Uint64Data = { 1UL << 32 } }));
    }

    [Fact]
    public void Absurd_shapes_are_refused_before_memory_is_taken()
    {
        Assert.Contains("negative", Refusal(new() { DataType = 1, Dims = { -1 }, RawData = Raw(1f) }).Replace("outside 0..", "negative "));
        Assert.Contains("more than 2147483647 elements", Refusal(new() { DataType = 1, Dims = { 1 << 30, 1 << 30 }, RawData = Raw(1f) }));
        Assert.Contains("outside 0..2147483647", Refusal(new() { DataType = 1, Dims = { long.MaxValue } }));
        Assert.Contains("9 axes", Refusal(new() { DataType = 1, Dims = { 1, 1, 1, 1, 1, 1, 1, 1, 1 } }));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(new() { DataType = 1, Dims = { 500_000_000 }, RawData = Raw(1f) });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Types_LiveCam_lacks_are_named()
    {
        Assert.Contains("element type string", Refusal(new() { DataType = 8, Dims = { 1 } }));
        Assert.Contains("element type complex64", Refusal(new() { DataType = 14, Dims = { 1 } }));
        Assert.Contains("element type float8", Refusal(new() { DataType = 17, Dims = { 1 } }));
        Assert.Contains("element type int4", Refusal(new() { DataType = 22, Dims = { 1 } }));
        Assert.Contains("element type undefined", Refusal(new() { Dims = { 1 } }));
        Assert.Contains("element type number 77", Refusal(new() { DataType = 77, Dims = { 1 } }));
        Assert.Contains("segment", Refusal(new() { DataType = 1, Dims = { 1 }, Segment = ByteString.Empty }));
    }

    [Fact]
    public void Copies_count_against_what_a_model_may_take() =>
        Assert.Contains("only 7 are left", Refusal(new() { DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } }, memory: 7));
}
