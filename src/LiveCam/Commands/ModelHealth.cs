using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Commands;

/// <summary>What a model needs and what is odd about it, found out before it is used.</summary>
internal sealed record ModelHealth
{
    /// <summary>How the devices align their memory, in bytes.</summary>
    private static readonly (string Device, int Alignment)[] Devices = [("cpu", 64), ("gl", 256)];

    /// <summary>Bytes at the fullest moment of a run, by device.</summary>
    public required IReadOnlyList<(string Device, long Values, long Weights)> Memory { get; init; }
    public required IReadOnlyList<WeightFault> Weights { get; init; }
    public required IReadOnlyList<DeadChannels> Dead { get; init; }

    /// <summary>What came of the file's self-test on the CPU, as a person reads it; null where it has none.</summary>
    public required string? Test { get; init; }

    /// <summary>Whether the self-test came out right, or there is none.</summary>
    public required bool IsRight { get; init; }

    public IReadOnlyList<string> Findings => [.. Weights.Select(fault => fault.ToString()), .. Dead.Select(dead => dead.ToString()), .. IsRight ? Array.Empty<string>() : [$"the self-test fails: {Test}"]];

    /// <param name="shapes">Of the inputs.</param>
    /// <param name="picture">The model as one for pictures; null where it is none.</param>
    public static ModelHealth Of(string path, OnnxModel model, CompileOptions shapes, PictureModel? picture, IReadOnlyList<Layer> layers)
    {
        long weights = layers.Sum(layer => layer.Bytes);
        IReadOnlyList<WeightFault> faults = WeightFault.Of(model.Graph);
        (string? text, bool isRight) = Tested(path, model);
        return new()
        {
            Memory = [.. Devices.Select(device => (device.Device, Compiler.ValueBytes(model.Graph, shapes, device.Alignment), weights))],
            Weights = faults,
            // Behind a weight that is no number nothing is one.
            Dead = picture is not null && faults.Count == 0 ? DeadChannels.Of(picture, layers) : [],
            Test = text,
            IsRight = isRight,
        };
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("memory");
        foreach ((string device, long values, long weights) in Memory)
        {
            json.WriteStartObject();
            json.WriteString("device", device);
            json.WriteNumber("values", values);
            json.WriteNumber("weights", weights);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("weight_faults");
        foreach (WeightFault fault in Weights)
        {
            json.WriteStartObject();
            json.WriteString("layer", fault.Layer);
            json.WriteString("weight", fault.Parameter);
            json.WriteNumber("nan", fault.NotNumbers);
            json.WriteNumber("infinite", fault.Infinities);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("dead_channels");
        foreach (DeadChannels dead in Dead)
        {
            json.WriteStartObject();
            json.WriteString("layer", dead.Layer);
            json.WriteNumber("count", dead.Count);
            json.WriteStartArray("channels");
            foreach (int channel in dead.Channels) json.WriteNumberValue(channel);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("self_test", Test is null ? "none" : IsRight ? "pass" : "fail");
    }

    private static (string? Text, bool IsRight) Tested(string path, OnnxModel model)
    {
        if (!model.Metadata.ContainsKey(SelfTest.MetadataKey)) return (null, true);
        try
        {
            using var device = new CpuDevice();
            CaseResult[] results = [.. SelfTestCase.Find(path).Select(one => one.Run(device))];
            int right = results.Count(result => result.Status == CaseStatus.Pass);
            string? reason = results.FirstOrDefault(result => result.Status != CaseStatus.Pass)?.Reason;
            return ($"{right} of {results.Length} pictures pass{(reason is null ? "" : $"; {reason}")}", right == results.Length);
        }
        catch (LiveCamException error)
        {
            return (error.Message, false);
        }
    }
}
