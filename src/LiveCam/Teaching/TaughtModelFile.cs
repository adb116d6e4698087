using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>What was taught as one ONNX file: the backbone up to its features, the head, the classes' names, the contract and a self-test.</summary>
public static class TaughtModelFile
{
    /// <summary>Writes the file. Its answers are the taught probabilities; that something is unknown it does not say.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="LiveCamException">The lesson is of a way that is no single layer, or the file cannot be written.</exception>
    public static Graph Save(Lesson lesson, TeachingState project, string path)
    {
        PictureModel backbone = lesson.Backbone;
        (double[] weights, double[] biases) = lesson.Model.Head switch
        {
            LinearHead { OfDirection: true } linear => (linear.Weights.ToArray(), linear.Biases.ToArray()),
            ClassMeans means => (means.Weights(), new double[means.Classes]),
            _ => throw new LiveCamException($"Saving what was taught: {lesson.Way.Name} need their samples and are no single layer; learn in another way (key L) first."),
        };
        int classes = lesson.Classes.Count, features = weights.Length / classes;
        Shape shape = Compiler.Infer(backbone.Graph, backbone.Compilation([]))[backbone.Graph.TryFind(lesson.Layer, out Value value) ? value : Value.None].Shape;
        bool isMap = shape.Rank == 4 && shape.ElementCount > features;
        if (isMap && backbone.Axes != PictureAxes.Nchw)
            throw new LiveCamException($"Saving what was taught: the layer \"{lesson.Layer}\" has its channels last, and only channels first can be averaged in a file; teach on a later layer.");
        double cold = 1 / lesson.Model.Temperature;
        Tensor w = Tensor.Of<float>([classes, features], [.. weights.Select(x => (float)(x * cold))]), b = Tensor.Of<float>([classes], [.. biases.Select(x => (float)(x * cold))]);
        Graph graph = TaughtNetwork.Build(backbone.Graph, lesson.Layer, isMap, w, b);
        string[] names = [.. lesson.Classes.Select(id => project.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? $"class {id}")];
        PictureModelFile.Save(backbone with
        {
            Name = "taught",
            Graph = graph,
            Input = graph.Inputs[0],
            Labels = ("the project", names),
            Metadata = backbone.Metadata.Where(one => one.Key is not (Labels.MetadataKey or SelfTest.MetadataKey)).ToDictionary(),
        }, path);
        return graph;
    }
}
