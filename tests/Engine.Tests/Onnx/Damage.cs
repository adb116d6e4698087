using System.Runtime.InteropServices;
using Google.Protobuf;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>Random damage to a model, the same for the same seed.</summary>
internal static class Damage
{
    private static readonly long[] Extremes =
        [0, 1, -1, 2, 3, -2, 7, 255, 65535, 65536, 1 << 20, int.MaxValue, int.MinValue, 1L << 31, 1L << 40, long.MaxValue, long.MinValue];

    /// <summary>1 to 8 changes, three quarters of them at the given positions: bits, bytes, runs, copies, a cut.</summary>
    public static byte[] Bytes(byte[] good, int[] structure, Random random)
    {
        byte[] bad = [.. good];
        for (int change = random.Next(1, good.Length < 4000 ? 3 : 9); change > 0; change--)
        {
            int at = random.Next(4) > 0 ? structure[random.Next(structure.Length)] : random.Next(bad.Length);
            if (at >= bad.Length)
                continue;
            switch (random.Next(8))
            {
                case 0:
                    bad[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bad[at] = (byte)(random.Next(2) * 0xff);
                    break;
                case 2:
                    int run = Math.Min(random.Next(1, 12), bad.Length - at);
                    random.NextBytes(bad.AsSpan(at, run));
                    break;
                case 3:
                    int from = structure[random.Next(structure.Length)];
                    int length = Math.Min(random.Next(1, 40), bad.Length - Math.Max(at, from));
                    if (length > 0)
                        Array.Copy(bad, from, bad, at, length);
                    break;
                case 4 when random.Next(8) == 0:
                    bad = bad[..at];
                    break;
                default:
                    bad[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
            if (bad.Length == 0)
                return [0];
        }
        return bad;
    }

    /// <summary>Positions that are no element of a weight: where damage changes more than a number.</summary>
    public static int[] StructureOf(byte[] model)
    {
        var isWeight = new bool[model.Length];
        foreach (TensorProto weight in ModelProto.Parser.ParseFrom(model).Graph.Initializer)
        {
            ReadOnlySpan<byte> elements = weight.RawData.Length > 0 ? weight.RawData.Span : MemoryMarshal.AsBytes<float>(weight.FloatData.ToArray());
            int at = elements.Length > 64 ? model.AsSpan().IndexOf(elements) : -1;
            if (at >= 0)
                isWeight.AsSpan(at, elements.Length).Fill(true);
        }
        return [.. Enumerable.Range(0, model.Length).Where(x => !isWeight[x])];
    }

    /// <summary>1 to 3 changes that leave a well-formed file: another operator, input, attribute, extent or type.</summary>
    public static byte[] Meaning(byte[] good, Random random)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(good);
        GraphProto graph = model.Graph;
        string[] values = [.. graph.Node.SelectMany(x => x.Output), .. graph.Input.Select(x => x.Name), .. graph.Initializer.Select(x => x.Name), ""];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            NodeProto node = Pick(graph.Node, random);
            switch (random.Next(9))
            {
                case 0 when node.Input.Count > 0:
                    node.Input[random.Next(node.Input.Count)] = Pick(values, random);
                    break;
                case 1:
                    node.OpType = Pick([.. OpSet.Names], random);
                    break;
                case 2 when node.Input.Count > 0 && random.Next(2) == 0:
                    node.Input.RemoveAt(random.Next(node.Input.Count));
                    break;
                case 2:
                    node.Input.Add(Pick(values, random));
                    break;
                case 3 when graph.Input.Count > 0:
                    Extents(Pick(graph.Input, random).Type?.TensorType?.Shape, random);
                    break;
                case 4 when graph.Initializer.Count > 0:
                    Weight(Pick(graph.Initializer, random), random);
                    break;
                case 5 when graph.Input.Count > 0 && Pick(graph.Input, random).Type?.TensorType is { } type:
                    type.ElemType = random.Next(1, 17);
                    break;
                case 6 when node.Attribute.Count > 0 && random.Next(4) == 0:
                    node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
                    break;
                case 7:
                    model.OpsetImport[0].Version = random.Next(1, 22);
                    break;
                default:
                    if (node.Attribute.Count > 0)
                        Attribute(Pick(node.Attribute, random), random);
                    break;
            }
        }
        return model.ToByteArray();
    }

    /// <summary>Constants of which some integers are replaced by extreme ones.</summary>
    public static Dictionary<string, Tensor> Constants(IReadOnlyDictionary<string, Tensor> good, Random random)
    {
        var bad = new Dictionary<string, Tensor>(good);
        foreach ((string name, Tensor tensor) in good)
        {
            if (tensor.Type != ElementType.Int64 || tensor.Count == 0 || random.Next(3) > 0)
                continue;
            long[] elements = tensor.Span<long>().ToArray();
            elements[random.Next(elements.Length)] = Pick(Extremes, random);
            bad[name] = Tensor.Of(tensor.Shape, elements);
        }
        return bad;
    }

    private static void Extents(TensorShapeProto? shape, Random random)
    {
        if (shape is null || shape.Dim.Count == 0)
            return;
        if (random.Next(4) == 0)
            shape.Dim.RemoveAt(random.Next(shape.Dim.Count));
        else if (random.Next(4) == 0)
            shape.Dim.Add(new DimensionProto { DimValue = random.Next(4) });
        else
            shape.Dim[random.Next(shape.Dim.Count)] = new() { DimValue = random.Next(2) == 0 ? random.Next(40) : Pick(Extremes, random) };
    }

    private static void Weight(TensorProto weight, Random random)
    {
        if (weight.Dims.Count > 1 && random.Next(2) == 0)
            (weight.Dims[0], weight.Dims[^1]) = (weight.Dims[^1], weight.Dims[0]);
        else if (random.Next(2) == 0)
            weight.Dims.Add(1);
        else if (weight.DataType == 7 && weight.RawData.Length >= 8)
        {
            byte[] raw = weight.RawData.ToByteArray();
            MemoryMarshal.Cast<byte, long>(raw.AsSpan())[random.Next(raw.Length / 8)] = Pick(Extremes, random);
            weight.RawData = ByteString.CopyFrom(raw);
        }
        else if (weight.DataType == 7 && weight.Int64Data.Count > 0)
            weight.Int64Data[random.Next(weight.Int64Data.Count)] = Pick(Extremes, random);
        else if (weight.Dims.Count > 0)
            weight.Dims[random.Next(weight.Dims.Count)] = Pick(Extremes, random);
    }

    private static void Attribute(AttributeProto attribute, Random random)
    {
        if (attribute.Ints.Count > 0 && random.Next(4) == 0)
            attribute.Ints.RemoveAt(random.Next(attribute.Ints.Count));
        else if (attribute.Ints.Count > 0)
            attribute.Ints[random.Next(attribute.Ints.Count)] = Pick(Extremes, random);
        else if (attribute.Floats.Count > 0)
            attribute.Floats[random.Next(attribute.Floats.Count)] = Pick([0, -1, float.NaN, float.PositiveInfinity, 1e30f, 1e-30f], random);
        else if (attribute.HasF)
            attribute.F = Pick([0, -1, float.NaN, float.PositiveInfinity, 1e30f, 1e-30f], random);
        else
            attribute.I = Pick(Extremes, random);
    }

    private static T Pick<T>(IList<T> list, Random random) => list[random.Next(list.Count)];
}
