using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Networks;

/// <summary>A picture model as one ONNX file that says all about itself: graph, contract, labels, self-test.</summary>
public static class PictureModelFile
{
    /// <summary>Writes the file (see <see cref="OnnxExporter.Save"/>). What the model's metadata say otherwise stays.</summary>
    /// <exception cref="LiveCamException">The graph cannot be written or run, or the place cannot be written.</exception>
    public static void Save(PictureModel model, string path)
    {
        var metadata = new Dictionary<string, string>(model.Metadata)
        {
            [PreprocessingJson.MetadataKey] = PreprocessingJson.Write(model.Contract),
            [SelfTest.MetadataKey] = SelfTest.Write(Vectors(model)),
        };
        if (model.Labels is { } labels)
            metadata[Labels.MetadataKey] = Labels.Write(labels.Names);
        if (model.Thresholds is { } borders)
            metadata[TaughtThresholds.MetadataKey] = TaughtThresholds.Write(borders);
        OnnxExporter.Save(model.Graph, path, new()
        {
            Name = model.Name,
            Metadata = metadata,
            InputShapes = new Dictionary<string, Shape> { [model.Input.Name] = model.InputShape },
        });
    }

    private static List<SelfTestVector> Vectors(PictureModel model)
    {
        using var device = new CpuDevice(threads: 1);
        using var run = new PictureRun(model, device);
        var vectors = new List<SelfTestVector>();
        foreach (Picture picture in TestPictures.Draw())
        {
            Tensor input = run.Preprocess(picture);
            vectors.Add(new(ImageFile.Encode(picture, ".png"), input, run.Answer(input)));
        }
        return vectors;
    }
}
