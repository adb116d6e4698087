using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Plugins.Shaders;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Plugins;

/// <summary>Shaders in files, changed while a network runs on them.</summary>
public sealed class ShaderReloadTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_changed_shader_runs_at_once_and_a_broken_one_leaves_the_last_good_one_running()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Requirements.Root, "src", "Shaders"), "*", SearchOption.AllDirectories))
        {
            string copy = scratch[Path.GetRelativePath(Path.Combine(Requirements.Root, "src", "Shaders"), file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        using GlDevice device = Open();
        using Classifier classifier = Classifier.Create(PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "32", ["height"] = "24" }), device, "");
        Picture picture = Scratch.Noise(32, 24, PixelFormat.Bgr8);
        var frame = new Frame(160, 160, isShown: false);
        var notes = new List<string>();
        var plugin = new ShaderReloadPlugin(device, scratch.Folder, isWatched: false);
        var app = new LiveCamApp([plugin], frame, note: notes.Add);
        app.Load();
        float[] before = Layer();
        Assert.Contains(before, value => value != 0);

        // The picture's shader leaves its output unwritten: main returns at its first line.
        string shader = scratch["preprocess.comp"], good = File.ReadAllText(shader);
        int main = good.IndexOf('{', good.IndexOf("void main", StringComparison.Ordinal)) + 1;
        Change(good[..main] + "\n    this is no shader;\n" + good[main..]);
        Fault fault = Assert.Single(frame.Faults);
        Assert.Equal(ShaderReloadPlugin.FaultName, fault.Name);
        int line = good[..main].Count(letter => letter == '\n') + 2;
        Assert.Contains($"\"preprocess.comp\" line {line}", fault.Sentence);
        Assert.Equal(before, Layer());

        Change(good[..main] + "\n    if (gl_NumWorkGroups.x > 0u) return;\n" + good[main..]);
        Assert.Empty(frame.Faults);
        Assert.Equal("1 program was compiled anew.", notes[^1]);
        picture = Scratch.Noise(32, 24, PixelFormat.Bgr8, seed: 2);
        Assert.Equal(before, Layer());

        Change(good);
        Assert.NotEqual(before, Layer());
        picture = Scratch.Noise(32, 24, PixelFormat.Bgr8);
        Assert.Equal(before, Layer());
        app.Unload();

        float[] Layer()
        {
            classifier.Run(picture);
            float[] buffer = [];
            return classifier.ReadLayer(ref buffer, out _).ToArray();
        }

        void Change(string text)
        {
            DateTime time = File.GetLastWriteTimeUtc(shader).AddSeconds(2);
            File.WriteAllText(shader, text);
            File.SetLastWriteTimeUtc(shader, time);
            plugin.Look();
            plugin.Look();
            app.Tick();
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_one_sentence() =>
        Assert.Contains("no folder", Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern:64x48", "--frames", "1", "--shaders", scratch["nowhere"]).AssertFailed(1));

    private GlDevice Open()
    {
        try
        {
            return new GlDevice(new GlThread(EglContext.Create()), cacheDirectory: null, ShaderLibrary.FromDirectory(scratch.Folder));
        }
        catch (LiveCamException reason)
        {
            throw Requirements.Missing("gl", reason.Message);
        }
    }
}
