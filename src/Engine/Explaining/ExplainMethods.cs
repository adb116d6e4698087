namespace LiveCam.Engine.Explaining;

/// <summary>The one list of methods.</summary>
internal static class ExplainMethods
{
    /// <summary>The method where nobody chooses one.</summary>
    public const string Default = "grad-cam";

    /// <summary>All methods in the order in which they are offered.</summary>
    public static IReadOnlyList<ExplainMethod> All { get; } =
    [
        new GradCam(), new GradCamPlusPlus(), new HiResCam(), new XGradCam(), new LayerCam(), new EigenCam(), new AblationCam(), new ScoreCam(), new Cam(), new Contrast(),
        new InputGradient(), new GradientTimesInput(), new SmoothGrad(), new IntegratedGradients(), new GuidedBackprop(), new Deconvnet(), new GuidedGradCam(),
        new Occlusion(), new Rise(),
    ];

    /// <summary>A method by its name.</summary>
    /// <exception cref="LiveCamException">There is none of that name; all are told.</exception>
    public static ExplainMethod Find(string name) => All.FirstOrDefault(method => method.Name == name)
        ?? throw new LiveCamException($"There is no method \"{name}\"; the methods are {string.Join(", ", All.Select(method => method.Name))}.");
}
