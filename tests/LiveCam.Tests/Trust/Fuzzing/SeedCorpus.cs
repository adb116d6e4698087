using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Recording;

namespace LiveCam.Tests.Trust.Fuzzing;

/// <summary>Small whole inputs of every kind, written by the program's own writers or by hand.</summary>
internal static class SeedCorpus
{
    public static byte[][] Onnx => [Network(false), Network(true)];

    public static byte[][] Pictures => [.. ImageFile.Writable.Select(kind => ImageFile.Encode(Picture(6, 5), kind)), [.. "P6\n# a comment\n2 2\n255\n012345678901"u8],
        [.. "GIF89a"u8, 2, 0, 2, 0, .. new byte[40]], [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]];

    public static byte[][] Videos => [Film()];

    public static byte[][] Journals => Texts("""
        {"do":"class","class":0,"name":"background","color":"#8a8a8a"}
        {"do":"class","class":1,"name":"cup","color":"#e69f00"}
        {"do":"add","step":1,"id":1,"class":1,"name":"0001-000001.png","burst":1}
        {"do":"remove","step":2,"ids":[1]}
        {"do":"undo","step":2}
        {"do":"class","class":1,"name":"mug","was":"cup","color":"#e69f00"}
        {"do":"lost","ids":[1]}

        """);

    public static byte[][] Settings => Texts("""{"overlay":{"large-text":"on","zoom":"2.5"},"motion":{}}""");

    public static byte[][] ProjectSettings => Texts("""{"backbone":"m.onnx","seal":"00","layer":"features","head":"neighbours 5","lesson":3,"considered":"x"}""");

    public static byte[][] Checkpoints => [Checkpoint()];

    public static byte[][] Frames
    {
        get
        {
            using var packed = new MemoryStream();
            byte[] one = [.. FrameFile.Pack(Picture(8, 6), new(0, TimeSpan.Zero, TimeSpan.FromMilliseconds(10)), packed)];
            return [one, [.. one, .. one]];
        }
    }

    public static byte[] RecordingInfo => [.. """{"Version":1,"Source":"pattern","Device":"cpu","Model":{"Model":"m.onnx","Labels":null,"Preprocessing":{"crop":"1"}}}"""u8];

    public static byte[][] Scripts => Texts("""
        # keys
        {"at":1.5,"event":"key","key":"Right","shift":true}
        {"at":0,"event":"text","text":"a"}
        {"at":2,"event":"down","button":"Left","x":10,"y":20}
        {"at":3,"frame":4,"step":1,"event":"resize","width":640,"height":480}
        {"at":4,"event":"drop","path":"a.png"}

        """);

    public static byte[][] Tables => Texts("file,label,split\na.png,cat,train\nb.png,\"dog|cat\",test\n", "image;cat;dog\r\na.png;1;0\r\nb.png;0;1\r\n");

    public static byte[] IdxLabels => [0, 0, 8, 1, 0, 0, 0, 2, 0, 1];

    public static byte[][] IdxPictures => [[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]];

    public static byte[][] Cifar => [new byte[3073], [3, .. new byte[3072], 9, .. new byte[3072]]];

    public static byte[][] LabelFiles => Texts("cat\ndog\n", "0: 'tench'\n1: 'goldfish, Carassius auratus'\n", "{0: 'a', 1: \"b\"}", "[\"a\",\"b\"]", "id,name\n0,cat\n1,dog\n", "n01440764 tench\nn01443537 goldfish\n");

    public static byte[][] Contracts => Texts(PreprocessingJson.Write(Preprocessing.ImageNet), "{\"order\":\"bgr\",\"width\":\"32\",\"crop\":\"0.875\"}");

    public static byte[][] Streams => Texts("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nabcd\r\n--frame\r\n\r\nefgh\r\n--frame--\r\n");

    private static byte[][] Texts(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);

    private static Picture Picture(int width, int height)
    {
        var picture = new Picture(width, height, PixelFormat.Bgr8);
        new Random(3).NextBytes(picture.Bytes);
        return picture;
    }

    private static byte[] Network(bool hasConstants)
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1, 3, 8, 8]), w = graph.Parameter("w", Tensor.Of<float>([4, 3, 3, 3], [.. Enumerable.Range(0, 108).Select(i => i * 0.01f)]));
        Value y = graph.Add(new Relu(), graph.Add(new Conv2d(3, 1, 1), x, w));
        y = graph.Add(new GlobalMaxPool(), y);
        if (hasConstants)
        {
            y = graph.Add(new Reshape(), y, graph.Parameter("shape", Tensor.Of<long>([2], 1, -1)));
            y = graph.Add(new Add(), y, graph.Add(new Neg(), graph.Parameter("bias", Tensor.Of<float>([1], 1))));
        }
        graph.Output("y", y);
        string path = Path.GetTempFileName();
        try
        {
            OnnxExporter.Save(graph, path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Film()
    {
        string path = Path.Combine(Path.GetTempPath(), $"livecam-seed-{Guid.NewGuid():N}.avi");
        using (VideoWriter film = VideoWriter.Create(path, 16, 16, 10))
        {
            film.Write(Picture(16, 16));
            film.Finish();
        }
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private static byte[] Checkpoint()
    {
        string path = Path.GetTempFileName();
        var header = new Engine.Training.Checkpoint.Header(5, 1, 0.5, "{\"Recipe\":{}}");
        Engine.Training.Checkpoint.Write(path, header, [new Parameter("w", Tensor.Of<float>([2], 1, 2))]);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
