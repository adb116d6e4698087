using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Networks;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;

namespace LiveCam.Commands;

/// <summary>What a run that teaches has beside the others: the plugins that keep samples and learn from them.</summary>
internal sealed record TeachingParts(SamplesPlugin Samples, TeachPlugin Teach)
{
    /// <param name="waits">Whether a tick waits until what it asked for is done, so that a run repeats.</param>
    /// <param name="way">How to learn; null as the project did before.</param>
    /// <exception cref="LiveCamException">The project cannot be opened.</exception>
    public static TeachingParts Open(string folder, bool waits, HeadKind? way)
    {
        SampleStore store = SampleStore.Open(folder);
        // One thread: what is learned does not depend on how many there are, and the picture on the screen needs the others.
        return new(new(store, new SampleShelf(store, waits)), new(new Learner(store, () => new CpuDevice(threads: 1), waits, way), isWatched: !waits));
    }

    /// <summary>The layer a project is taught on, where the model has it; else the one LiveCam finds.</summary>
    public static string Layer(PictureModel model, string folder)
    {
        ProjectSettings settings = ProjectSettings.Load(new ProjectFolder(Path.GetFullPath(folder)));
        return settings.Backbone == Path.GetFullPath(model.Path!) && model.Graph.TryFind(settings.Layer, out _) ? settings.Layer : PictureLayers.Features(model);
    }

    /// <summary>Writes what a project was taught as one ONNX file.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="LiveCamException">Nothing was taught, or the file cannot be written.</exception>
    public static Graph Export(string folder, string path)
    {
        PictureModel model = Backbone(new ModelChoice(null, null, new Dictionary<string, string>()), folder).Load();
        using SampleStore store = SampleStore.Open(folder);
        using var learner = new Learner(store, () => new CpuDevice(threads: 1), waits: true);
        learner.Follow(new NetworkInfo(model, "cpu", "", [], null, Layer(model, folder)), recording: false);
        return learner.State is { Live: { } live } ? TaughtModelFile.Save(live, store.State, path)
            : throw new LiveCamException(learner.State.Trouble ?? $"Saving what was taught in \"{folder}\": it has no samples; teach some with livecam run --project.");
    }

    /// <summary>The model a project is taught on: the one that was given, else the one it was taught on before, else the one that comes with the program.</summary>
    /// <exception cref="LiveCamException">There is none of them.</exception>
    public static ModelChoice Backbone(ModelChoice given, string? project)
    {
        if (project is null || given.Model is not null) return given;
        ProjectSettings settings = ProjectSettings.Load(new ProjectFolder(Path.GetFullPath(project)));
        string before = settings.Backbone;
        if (before.Length > 0 && !PathSeal.Admits(OwnModels.Now(before), project, settings.Seal) && !PathSeal.Admits(before, project, settings.Seal)) throw PathSeal.Refusal($"Teaching in \"{project}\"", before);
        return (before.Length > 0 ? OwnModels.Now(before) : OwnModels.Backbone) is { } model ? given with { Model = model }
            : throw new LiveCamException($"Teaching in \"{project}\": nothing was taught there yet, so it does not say on which network; give one with --model.");
    }
}
