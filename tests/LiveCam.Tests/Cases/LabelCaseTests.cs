using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Cases;

[Collection(GlCollection.Name)]
public sealed class LabelCaseTests
{
    [Theory]
    [InlineData("blank-in-middle.txt")]
    [InlineData("class_indices.json")]
    [InlineData("colon.txt")]
    [InlineData("csv.csv")]
    [InlineData("hf-config.json")]
    [InlineData("imagenet_class_index.json")]
    [InlineData("index-to-name.json")]
    [InlineData("notepad-bom-crlf.txt")]
    [InlineData("old-mac.txt")]
    [InlineData("powershell-utf16.txt")]
    [InlineData("python-dict.txt")]
    [InlineData("teachable-machine.txt")]
    [InlineData("tm-metadata.json")]
    [InlineData("trailing-comma-quotes.txt")]
    [InlineData("yolo-data.yaml")]
    [InlineData("yolo-names.yaml")]
    public void Label_files_as_tools_write_them_name_the_class(string file)
    {
        Case own = Case.Of("10-label-files");
        Assert.Equal("red", own.Classify("cpu", "model.onnx", "red.png", "--top", "1", "--labels", own[$"labels/{file}"]).Single().Key);
    }

    [Fact]
    public void A_label_file_in_another_encoding_is_a_sentence()
    {
        Case own = Case.Of("10-label-files");
        Assert.Contains("UTF-8", Call.Run("classify", "--device", "cpu", "--model", own["model.onnx"], "--labels", own["labels/latin1.txt"], own["red.png"]).AssertFailed(1));
    }

    [Theory]
    [InlineData("cpu", "teachable-machine.txt")]
    [InlineData("gl", "python-dict.txt")]
    public void Folders_match_the_names_without_their_numbers(string device, string file)
    {
        Case own = Case.Of("10-label-files");
        Assert.Equal(1, own.Accuracy(device, "model.onnx", "data", "--labels", own[$"labels/{file}"]));
    }

    [Theory]
    [InlineData("cpu", "sigmoid")]
    [InlineData("cpu", "sigmoid-identity")]
    [InlineData("cpu", "sigmoid-reshape")]
    [InlineData("cpu", "sigmoid-squeeze")]
    [InlineData("cpu", "sigmoid-concat")]
    [InlineData("gl", "sigmoid-concat")]
    public void Independent_scores_are_recognised_through_what_only_moves_them(string device, string folder)
    {
        Dictionary<string, double> answer = Case.Of("15-multilabel-sigmoid").Classify(device, $"{folder}/model.onnx", "magenta.png");
        // A picture's bytes are not exactly the colour the values were worked out for.
        foreach ((string label, double expected) in new[] { ("red", 0.9741), ("green", 0.0145), ("blue", 0.9741) }) Assert.Equal(expected, answer[label], 2e-4);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gl")]
    public void One_score_is_two_classes(string device)
    {
        Case own = Case.Of("26-binary-one-output");
        foreach (string name in (string[])["cat", "dog"])
        {
            Dictionary<string, double> answer = own.Classify(device, "model.onnx", $"{name}.png", "--labels", own["two.txt"]);
            Assert.Equal(0.998, answer[name], 3);
            Assert.Equal(1, answer.Values.Sum(), 5);
        }
        Assert.Equal(1, own.Accuracy(device, "model.onnx", "data"));
        Assert.Equal(1, own.Accuracy(device, "model.onnx", "data", "--labels", own["two.txt"]));
    }

    /// <summary>Which characters can be drawn is asked of fontconfig's own program; the names are looked at where the snapshot shows them.</summary>
    [Theory]
    [InlineData("cpu", "")]
    [InlineData("gl", "more")]
    [InlineData("cpu", "latin")]
    public void Labels_in_every_script_are_drawn(string device, string folder)
    {
        Case own = Case.Of("38-labels-in-other-scripts");
        using var scratch = new Scratch();
        string[] labels = File.ReadAllLines(own[Path.Combine(folder, "labels.txt")]);
        Picture seen = Snapshot("seen.png");
        foreach (Rune rune in labels.SelectMany(label => label.EnumerateRunes()).Where(Rune.IsLetter).Distinct())
            Assert.True(Fontconfig(rune) == Font.Inter.Has(rune.Value) || Font.Inter.Strike(new(16)).Plain.Covers(rune.ToString()), $"U+{rune.Value:X4}");

        // With a box for every character it is another picture.
        File.WriteAllLines(scratch["boxes.txt"], labels.Select(label => new string('\uE5F5', new StringInfo(label).LengthInTextElements)));
        Assert.False(Snapshot("boxes.png", "--labels", scratch["boxes.txt"]).Bytes.SequenceEqual(seen.Bytes));

        Picture Snapshot(string name, params string[] further)
        {
            Call call = Call.Run(["run", "--headless", "--device", device, "--json", "--frames", "1", "--model", own[Path.Combine(folder, "model.onnx")], "--source", own["red.png"],
                "--size", "640x360", "--snapshot", scratch[name], .. further]);
            Assert.True(call.Exit == 0, call.Error);
            return ImageFile.Load(scratch[name]);
        }
    }

    private static bool Fontconfig(Rune rune)
    {
        using var process = Process.Start(new ProcessStartInfo("fc-list", $":charset={rune.Value:x}") { RedirectStandardOutput = true })
            ?? throw Requirements.Missing("fc-list", "fontconfig's program is not here");
        return process.StandardOutput.ReadToEnd().Length > 0;
    }
}
