using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Training.Taught;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>
/// What was taught as one ONNX file: the backbone up to its features, the head, the distance from what was taught, the classes' names, where "unknown" and "sure" begin,
/// the contract and a self-test.
/// </summary>
public static class TaughtModelFile
{
    /// <summary>Writes the file. Its outputs are the taught probabilities and the squared distance that <see cref="PictureModel.Thresholds"/> are compared with.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="LiveCamException">The layer cannot be averaged in a file, or the file cannot be written.</exception>
    public static Graph Save(Lesson lesson, TeachingState project, string path)
    {
        (PictureModel backbone, TaughtModel model) = (lesson.Backbone, lesson.Model);
        Shape shape = Compiler.Infer(backbone.Graph, backbone.Compilation([]))[backbone.Graph.TryFind(lesson.Layer, out Value value) ? value : Value.None].Shape;
        bool isMap = shape.Rank == 4 && shape.ElementCount > model.Head.Dimension;
        if (isMap && backbone.Axes != PictureAxes.Nchw)
            throw new LiveCamException($"Saving what was taught: the layer \"{lesson.Layer}\" has its channels last, and only channels first can be averaged in a file; teach on a later layer.");
        Graph graph = TaughtGraph.Build(backbone.Graph, lesson.Layer, isMap, model);
        string[] names = [.. lesson.Classes.Select(id => project.Classes.FirstOrDefault(one => one.Id == id)?.Name ?? $"class {id}")];
        PictureModelFile.Save(backbone with
        {
            Name = "taught",
            Graph = graph,
            Input = graph.Inputs[0],
            Labels = new("the project", names),
            Thresholds = model.Thresholds,
            Metadata = backbone.Metadata.Where(one => one.Key is not (Labels.MetadataKey or SelfTest.MetadataKey)).ToDictionary(),
        }, path);
        return graph;
    }
}
