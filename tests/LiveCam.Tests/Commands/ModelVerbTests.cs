using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>inspect, bench, compare, verify and devices.</summary>
public sealed class ModelVerbTests
{
    private static string Squeezenet => Requirements.Data("models/squeezenet1.1-7/model.onnx");

    [Fact]
    public void Inspect_counts_parameters_and_work()
    {
        JsonElement json = Assert.Single(Call.Run("inspect", Squeezenet, "--json").Json);
        Assert.Equal(["model", "opset", "producer", "inputs", "outputs", "layers", "totals", "contract", "memory", "weight_faults", "dead_channels", "self_test", "problems"], Call.Fields(json));
        // SqueezeNet 1.1: 1,235,496 parameters, and 352 million multiply-adds.
        Assert.Equal(1_235_496, json.GetProperty("totals").GetProperty("parameters").GetInt64());
        Assert.InRange(json.GetProperty("totals").GetProperty("mflop").GetDouble(), 690, 710);
        Assert.Equal(json.GetProperty("totals").GetProperty("layers").GetInt32(), json.GetProperty("layers").GetArrayLength());
        Assert.Equal([1, 3, 224, 224], json.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Select(x => x.GetInt32()));
        Assert.Equal(0.875, json.GetProperty("contract").GetProperty("crop").GetDouble());
        Assert.Contains(Call.Run("inspect", Squeezenet).Lines, line => line.StartsWith("totals", StringComparison.Ordinal) && line.Contains("1,235,496"));
    }

    [Fact]
    public void Inspect_lists_every_problem()
    {
        string model = Requirements.Data("onnx-node/node-opset21/test_adam_multiple/model.onnx");
        Call call = Call.Run("inspect", model, "--json");
        Assert.Equal(1, call.Exit);
        JsonElement json = Assert.Single(call.Json);
        Assert.Equal(["model", "problems"], Call.Fields(json));
        Assert.Contains("Adam", json.GetProperty("problems")[0].GetString());
    }

    [Fact]
    public void Bench_has_exactly_the_fields_of_the_contract()
    {
        Call call = Call.Run("bench", Squeezenet, "--device", "cpu", "--threads", "1", "--runs", "3", "--json");
        JsonElement json = Assert.Single(call.Json);
        Assert.Equal(["model", "device", "threads", "runs", "median_ms", "min_ms", "p99_ms", "gflop", "gflops", "allocated_bytes_per_run"], Call.Fields(json));
        Assert.Equal(("cpu", 1, 3), (json.GetProperty("device").GetString(), json.GetProperty("threads").GetInt32(), json.GetProperty("runs").GetInt32()));
        Assert.InRange(json.GetProperty("gflop").GetDouble(), 0.69, 0.71);
        Assert.True(json.GetProperty("min_ms").GetDouble() <= json.GetProperty("median_ms").GetDouble());
        Assert.True(json.GetProperty("median_ms").GetDouble() <= json.GetProperty("p99_ms").GetDouble());
    }

    [Fact]
    public void Bench_measures_layers()
    {
        JsonElement layers = Assert.Single(Call.Run("bench", Squeezenet, "--device", "cpu", "--runs", "2", "--layers", "--json").Json).GetProperty("layers");
        Assert.True(layers.GetArrayLength() > 26);
        Assert.All(layers.EnumerateArray(), layer => Assert.Equal(["name", "op", "kernel", "shape", "mflop", "ms"], Call.Fields(layer)));
    }

    [Fact]
    public void Compare_finds_the_devices_in_agreement()
    {
        try
        {
            EglContext.Create().Dispose();
        }
        catch (LiveCamException reason)
        {
            throw Requirements.Missing("gl", reason.Message);
        }
        Call call = Call.Run("compare", Requirements.Data("models/mnist-8/model.onnx"), "--json");
        Assert.True(call.Exit == 0, call.Error);
        JsonElement json = Assert.Single(call.Json);
        Assert.True(json.GetProperty("layers").GetArrayLength() >= 8);
        Assert.True(json.GetProperty("largest").GetDouble() < 1e-3);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("first_beyond").ValueKind);
    }

    [Fact]
    public void Verify_says_what_passes_and_counts()
    {
        Call call = Call.Run("verify", Requirements.Data("models/mnist-8"), Requirements.Data("onnx-node/node-opset21/test_adam_multiple"), "--device", "cpu", "--json");
        Assert.Equal(3, call.Json.Length);
        Assert.All(call.Json[..2], line => Assert.Equal(["case", "status", "reason", "max_error"], Call.Fields(line)));
        Assert.Equal(["pass", "unsupported"], call.Json[..2].Select(line => line.GetProperty("status").GetString()));
        Assert.InRange(call.Json[0].GetProperty("max_error").GetDouble(), 0, 1e-3);
        JsonElement summary = call.Json[2].GetProperty("summary");
        Assert.Equal(["pass", "fail", "unsupported", "host_ops"], Call.Fields(summary));
        Assert.Equal((1, 0, 1), (summary.GetProperty("pass").GetInt32(), summary.GetProperty("fail").GetInt32(), summary.GetProperty("unsupported").GetInt32()));
    }

    [Fact]
    public void Verify_fails_when_an_output_differs()
    {
        using var scratch = new Scratch();
        string from = Requirements.Data("models/mnist-8"), set = scratch["test_data_set_0"];
        Directory.CreateDirectory(set);
        File.Copy(Path.Combine(from, "model.onnx"), scratch["model.onnx"]);
        File.Copy(Path.Combine(from, "test_data_set_0", "input_0.pb"), Path.Combine(set, "input_0.pb"));
        File.Copy(Path.Combine(from, "test_data_set_1", "output_0.pb"), Path.Combine(set, "output_0.pb"));
        Call call = Call.Run("verify", scratch.Folder, "--device", "cpu", "--json");
        Assert.Contains("1 of 1", call.AssertFailed(1));
        Assert.Equal("fail", call.Json[0].GetProperty("status").GetString());
        Assert.Contains("differs", call.Json[0].GetProperty("reason").GetString());
    }

    [Fact]
    public void Devices_names_processors_and_stack()
    {
        JsonElement json = Assert.Single(Call.Run("devices", "--json").Json);
        Assert.Equal(["cameras", "gl", "cpu", "windowing"], Call.Fields(json));
        Assert.Equal(Environment.ProcessorCount, json.GetProperty("cpu").GetProperty("processors").GetInt32());
        Assert.Contains(Call.Run("devices").Lines, line => line == "CPU");
    }
}
