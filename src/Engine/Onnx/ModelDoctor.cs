using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Onnx;

/// <summary>Says everything that keeps a model from running, not just the first thing.</summary>
public static class ModelDoctor
{
    /// <returns>One sentence for each problem, naming its node; none when the model can be imported.</returns>
    public static IReadOnlyList<string> Examine(string path, ImportLimits? limits = null)
    {
        var problems = new ModelProblems();
        try
        {
            OnnxImporter.Read(path, limits ?? ImportLimits.Default, OpSet.FromOnnx, problems);
        }
        catch (LiveCamException error)
        {
            problems.Add(error.Message);
        }
        return problems.Sentences;
    }
}
