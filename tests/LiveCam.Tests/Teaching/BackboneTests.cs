using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Teaching;

/// <summary>Any classifier as a backbone, and how well a few pictures teach on one.</summary>
public sealed class BackboneTests
{
    private static readonly Dictionary<string, string> None = [];

    private static string Model(string name) => Requirements.Data($"models/{name}/model.onnx");

    /// <summary>A network that ends in features, one with a convolution as classifier, a fully convolutional one, three with a matrix.</summary>
    [Theory]
    [InlineData("mobilenetv2-features", "features", 1280)]
    [InlineData("mobilenetv2-1.0-224", "globalaveragepool_98", 1280)]
    [InlineData("squeezenet1.1-7", "squeezenet0_dropout0_fwd", 512)]
    [InlineData("resnet20-cifar10", "flatten_72", 64)]
    [InlineData("mobilenetv1-0.25-128", "globalaveragepool_55", 256)]
    [InlineData("mnist-8", "Pooling160_Output_0_reshape0", 256)]
    public void The_feature_layer_is_what_the_classifier_reads(string name, string layer, int dimension)
    {
        using var device = new CpuDevice(1);
        using Backbone backbone = Backbone.Open(Model(name), None, device);
        Assert.Equal((layer, dimension), (backbone.Layer, backbone.Dimension));
    }

    [Fact]
    public void Features_are_the_layer_s_values_averaged_over_its_places()
    {
        using var device = new CpuDevice(1);
        Picture picture = ImageFile.Load(Requirements.Data("photos/coffee.png"));
        using Backbone pooled = Backbone.Open(Model("mobilenetv2-features"), None, device), map = Backbone.Open(Model("mobilenetv2-features"), None, device, "mobilenetv20_features_relu1_fwd");
        float[] features = new float[1280], averaged = new float[1280];
        pooled.Read(picture, features);
        map.Read(picture, averaged);
        Assert.True(features.Max() > 0.5f);
        for (int i = 0; i < features.Length; i++) Assert.Equal(features[i], averaged[i], 1e-4f * features.Max());
    }

    [Fact]
    public void The_key_changes_with_layer_and_contract_and_not_with_the_file_s_place()
    {
        using var device = new CpuDevice(1);
        using var project = new TestProject();
        string copy = project["copy.onnx"];
        File.Copy(Model("mnist-8"), copy);
        string Key(string path, Dictionary<string, string> options, string? layer = null)
        {
            using Backbone backbone = Backbone.Open(path, options, device, layer);
            return backbone.Key;
        }
        string key = Key(Model("mnist-8"), None);
        Assert.Equal(key, Key(copy, None));
        Assert.Equal(3, new[] { key, Key(copy, new() { ["mean"] = "0.5" }), Key(copy, None, "Pooling160_Output_0") }.Distinct().Count());
    }

    [Fact]
    public void A_layer_that_is_not_there_is_refused_with_a_sentence()
    {
        using var device = new CpuDevice(1);
        Assert.Contains("no value named \"nowhere\"", Assert.Throws<LiveCamException>(() => Backbone.Open(Model("mnist-8"), None, device, "nowhere")).Message);
    }

    [Fact]
    public void Measuring_teaching_without_videos_is_refused_with_a_sentence()
    {
        using var project = new TestProject();
        Assert.Contains("it has no folder videos", Call.Run("bench", Model("mnist-8"), "--teaching", project.Base, "--device", "cpu").AssertFailed(1));
    }

    /// <summary>The numbers of the live-teaching goal, with LIVECAM_TEST_ALL: three videos, twenty frames each.</summary>
    [Fact]
    public void Twenty_frames_of_each_video_teach_what_is_asked_of_them()
    {
        if (Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is not "1") throw Requirements.Missing("all", "no LIVECAM_TEST_ALL");
        Requirements.Data("videos/bottle-detection.mp4");
        Call call = Call.Run("bench", Model("mobilenetv2-features"), "--teaching", Requirements.Data(""), "--device", "cpu", "--json");
        Assert.True(call.Exit == 0, call.Error);
        var discriminant = call.Json.Where(line => line.GetProperty("head").GetString() == "discriminant").ToArray();
        Assert.Equal(8, discriminant.Length);
        Assert.All(discriminant, line =>
        {
            Assert.InRange(line.GetProperty("right").GetDouble(), 0.98, 1);
            Assert.InRange(line.GetProperty("false_unknown").GetDouble(), 0, 0.05);
            Assert.InRange(line.GetProperty("unknown_found").GetDouble(), 0.9, 1);
        });
    }
}
