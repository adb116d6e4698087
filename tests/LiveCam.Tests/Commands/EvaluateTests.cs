using System.Text.Json;
using LiveCam.Engine.Data;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

public sealed class EvaluateTests
{
    private static string Mnist => Requirements.Data("models/mnist-8/model.onnx");

    /// <summary>The figures are ONNX Runtime's on the same pictures, counted by a program of its own.</summary>
    [Theory]
    [InlineData("mnist-8", "mnist", 10000, 0.9891, 1.0, "--scale", "1")]
    [InlineData("resnet20-cifar10", "cifar10", 2000, 0.8135, 0.9875)]
    public void Known_networks_reach_what_another_runtime_counts(string network, string data, int count, double accuracy, double topFive, params string[] options)
    {
        Call call = Call.Run(["evaluate", Requirements.Data($"models/{network}/model.onnx"), "--data", Requirements.Data(data), "--device", "cpu", "--json", .. options]);
        Assert.True(call.Exit == 0, call.Error);
        JsonElement found = Assert.Single(call.Json);
        Assert.Equal(["accuracy", "top5", "count", "ece", "confusion"], Call.Fields(found));
        Assert.Equal(count, found.GetProperty("count").GetInt32());
        // One picture may tip over between two ways of adding floats.
        Assert.Equal(accuracy, found.GetProperty("accuracy").GetDouble(), 1.01 / count);
        Assert.Equal(topFive, found.GetProperty("top5").GetDouble(), 1.01 / count);
        int[][] confusion = Confusion(found);
        Assert.Equal(10, confusion.Length);
        Assert.Equal(count, confusion.Sum(row => row.Sum()));
        Assert.Equal(found.GetProperty("accuracy").GetDouble(), Enumerable.Range(0, 10).Sum(i => confusion[i][i]) / (double)count, 9);
    }

    [Fact]
    public void The_size_of_a_batch_changes_no_answer()
    {
        string[] args = ["evaluate", Requirements.Data("models/resnet20-cifar10/model.onnx"), "--data", Requirements.Data("cifar10"), "--device", "cpu", "--json", "--limit", "50", "--batch"];
        int[][][] found = [.. new[] { "1", "7", "50" }.Select(size => Confusion(Assert.Single(Call.Run([.. args, size]).Json)))];
        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
        Assert.Equal(50, found[0].Sum(row => row.Sum()));
    }

    [Fact]
    public void Class_folders_are_matched_to_labels_by_name()
    {
        using var scratch = new Scratch();
        string[] names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        string folder = Digits(scratch, digit => names[digit]);
        string labels = scratch.Write("labels.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names)));
        string[] args = ["evaluate", Mnist, "--data", folder, "--scale", "1", "--device", "cpu", "--json"];
        int[][] confusion = Confusion(Assert.Single(Call.Run([.. args, "--labels", labels]).Json));
        for (int digit = 0; digit < 10; digit++) Assert.True(confusion[digit][digit] >= 4, $"{digit}: {string.Join(",", confusion[digit])}");
        Assert.Contains("is none of those", Call.Run([.. args, "--labels", Requirements.Data("labels/cifar10.txt")]).AssertFailed(1));
    }

    [Fact]
    public void Numbered_folders_need_no_labels_and_a_damaged_picture_is_left_out()
    {
        using var scratch = new Scratch();
        string folder = Digits(scratch, digit => $"{digit}", digits: 4);
        File.WriteAllText(Path.Combine(folder, "3", "broken.png"), "no picture");
        Call call = Call.Run("evaluate", Mnist, "--data", folder, "--scale", "1", "--device", "cpu", "--json");
        Assert.Contains("broken.png", call.AssertFailed(1));
        JsonElement found = Assert.Single(call.Json);
        Assert.Equal(20, found.GetProperty("count").GetInt32());
        Assert.InRange(found.GetProperty("accuracy").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void The_test_part_is_taken_alone()
    {
        using var scratch = new Scratch();
        string folder = Digits(scratch, digit => $"train/{digit}");
        foreach (string digit in (string[])["0", "1"]) Directory.Move(Path.Combine(folder, "train", digit), Directory.CreateDirectory(Path.Combine(folder, "test")).FullName + $"/{digit}");
        Call call = Call.Run("evaluate", Mnist, "--data", folder, "--scale", "1", "--device", "cpu", "--json");
        Assert.Equal(10, Assert.Single(call.Json).GetProperty("count").GetInt32());
    }

    [Fact]
    public void The_text_names_classes_and_the_report_is_written_whole()
    {
        using var scratch = new Scratch();
        string report = scratch["report.html"];
        Call call = Call.Run("evaluate", Mnist, "--data", Requirements.Data("mnist"), "--limit", "200", "--scale", "1", "--device", "cpu", "--report", report);
        Assert.True(call.Exit == 0, call.Error);
        Assert.Contains(call.Lines, line => line.StartsWith("Accuracy 9", StringComparison.Ordinal));
        Assert.Contains("</html>", File.ReadAllText(report));
        Assert.Equal([report], Directory.GetFiles(scratch.Folder));
        string nowhere = Path.Combine(scratch.Folder, "gone", "report.html");
        Assert.Contains(nowhere, Call.Run("evaluate", Mnist, "--data", Requirements.Data("mnist"), "--limit", "5", "--device", "cpu", "--report", nowhere, "--json").AssertFailed(1));
    }

    [Fact]
    public void What_cannot_be_judged_gets_one_sentence()
    {
        using var scratch = new Scratch();
        Assert.Contains("no labels", Call.Run("evaluate", Mnist, "--data", Requirements.Data("photos"), "--device", "cpu").AssertFailed(1));
        Assert.Contains("no such file", Call.Run("evaluate", Mnist, "--data", scratch["nothing"], "--device", "cpu").AssertFailed(1));
        Assert.Contains("CIFAR", Call.Run("evaluate", Mnist, "--data", scratch.Folder, "--device", "cpu").AssertFailed(1));
        ImageFile.Save(Scratch.Pattern(40, 40), Directory.CreateDirectory(scratch["data/cat"]).FullName + "/1.png");
        Assert.Contains("--labels", Call.Run("evaluate", Mnist, "--data", scratch["data"], "--device", "cpu").AssertFailed(1, "only one class was found"));
    }

    /// <summary>Five test pictures of each digit as PNG files in class folders.</summary>
    private static string Digits(Scratch scratch, Func<int, string> name, int digits = 10)
    {
        DataSet set = DataSet.Open(Requirements.Data("mnist"), PictureFiles.Instance).Test!;
        var counts = new int[10];
        for (int sample = 0; counts.Take(digits).Min() < 5; sample++)
        {
            int digit = set.Labels(sample)[0];
            if (digit >= digits || counts[digit] == 5) continue;
            string folder = Directory.CreateDirectory(Path.Combine(scratch["data"], name(digit))).FullName;
            ImageFile.Save(set.Read(sample), Path.Combine(folder, $"{(char)('a' + counts[digit]++)}.png"));
        }
        return scratch["data"];
    }

    private static int[][] Confusion(JsonElement found) => [.. found.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(count => count.GetInt32()).ToArray())];
}
