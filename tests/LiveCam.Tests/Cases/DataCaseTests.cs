using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Cases;

public sealed class DataCaseTests
{
    [Theory]
    [InlineData("06-csv-class-names-with-spaces", "model.onnx", "train.csv")]
    [InlineData("06-csv-class-names-with-spaces", "model.onnx", "quoted.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "birds.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "filepath-label.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "label-first.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "label-first-image_name.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "pandas-index.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "windows.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "excel.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "onehot.csv")]
    [InlineData("08-csv-other-headings", "model.onnx", "excel-utf16.csv")]
    [InlineData("35-data-folder-shapes", "model.onnx", "train-in-train")]
    [InlineData("35-data-folder-shapes", "model.onnx", "set-suffix")]
    [InlineData("36-wordnet-id-folders", "model.onnx", "imagenette")]
    [InlineData("36-wordnet-id-folders", "five/model.onnx", "imagenette")]
    [InlineData("37-class-names-in-two-forms", "model.onnx", "data")]
    [InlineData("37-class-names-in-two-forms", "model.onnx", "list.csv")]
    [InlineData("37-class-names-in-two-forms", "model.onnx", "parts")]
    public void Data_as_people_have_them_are_judged_rightly(string folder, string model, string data) => Assert.Equal(1, Case.Of(folder).Accuracy("cpu", model, data));

    [Theory]
    [InlineData("06-csv-class-names-with-spaces", "train.csv", 24)]
    [InlineData("35-data-folder-shapes", "set-suffix", 18)]
    [InlineData("35-data-folder-shapes", "train-in-train", 18)]
    public void They_are_learned_with_the_same_three_classes(string folder, string data, int pictures)
    {
        Case own = Case.Of(folder);
        using var scratch = new Scratch();
        Call call = Call.Run("train", "--model", "lenet5", "--device", "cpu", "--json", "--epochs", "1", "--data", own[data], "--out", scratch["net.onnx"], "--report", scratch["net.html"]);
        Assert.True(call.Exit == 0, call.Error);
        Assert.Equal(pictures, call.Json[^1].GetProperty("count").GetInt32());
        Assert.Equal(3, call.Json[^1].GetProperty("confusion").GetArrayLength());
    }

    [Fact]
    public void Data_of_which_nothing_can_be_read_are_the_same_sentence_for_training_as_for_judging()
    {
        Case own = Case.Of("50-nothing-readable");
        using var scratch = new Scratch();
        string sentence = Call.Run("train", "--model", "lenet5", "--device", "cpu", "--epochs", "1", "--data", own.Folder, "--out", scratch["net.onnx"]).AssertFailed(1);
        Assert.Contains("none of its pictures can be read", sentence);
    }
}
