using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

public sealed class LabelsTests
{
    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("\uFEFFcat\r\ndog\r\n\r\n")]
    [InlineData("[\"cat\",\n \"dog\"]")]
    [InlineData("n02123045 cat\nn02084071 dog")]
    public void Both_forms_give_the_labels_in_order(string text) => Assert.Equal(["cat", "dog"], Labels.Parse(text, "test"));

    [Theory]
    [InlineData("", "there are none")]
    [InlineData("[]", "there are none")]
    [InlineData("cat\n\ndog", "label 2 of 3 is empty")]
    [InlineData("[\"cat\", 1]", "entry 2 is Number")]
    [InlineData("[\"cat\"", "not a JSON array")]
    [InlineData("cat\0dog", "control character")]
    public void Malformed_labels_are_refused_with_the_place(string text, string part)
        => Assert.Contains(part, Assert.Throws<LiveCamException>(() => Labels.Parse(text, "test")).Message);

    [Fact]
    public void Limits_hold()
    {
        Assert.Contains("limit is 100000", Assert.Throws<LiveCamException>(() => Labels.Parse(string.Concat(Enumerable.Repeat("a\n", Labels.MaxCount + 1)), "test")).Message);
        Assert.Contains("at most 1024", Assert.Throws<LiveCamException>(() => Labels.Parse(new string('a', Labels.MaxLabel + 1), "test")).Message);
    }

    [Fact]
    public void The_background_class_is_added_or_removed_when_just_that_is_missing()
    {
        string[] thousand = [.. Enumerable.Range(0, 1000).Select(i => $"class {i}")];
        Assert.Same(thousand, Labels.Match(thousand, 1000, "test"));
        Assert.Equal(["background", .. thousand], Labels.Match(thousand, 1001, "test"));
        Assert.Equal(thousand, Labels.Match(["Background", .. thousand], 1000, "test"));
        Assert.Contains("1000, but the model has 10", Assert.Throws<LiveCamException>(() => Labels.Match(thousand, 10, "test")).Message);
        Assert.Throws<LiveCamException>(() => Labels.Match(["cat", "dog", "bird"], 2, "test"));
    }

    [Fact]
    public void A_missing_file_is_named()
        => Assert.Contains("no-such-labels.txt", Assert.Throws<LiveCamException>(() => Labels.Load("no-such-labels.txt")).Message);

    [Theory]
    [InlineData("imagenet-1000.txt", 1000, 281, "tabby cat")]
    [InlineData("imagenet-1000.json", 1001, 282, "tabby cat")]
    [InlineData("imagenet-1001.txt", 1001, 282, "tabby, tabby cat")]
    [InlineData("imagenet-1001.txt", 1000, 281, "tabby, tabby cat")]
    [InlineData("imagenet-synset-words.txt", 1000, 281, "tabby, tabby cat")]
    [InlineData("mnist.txt", 10, 7, "7")]
    public void Published_label_files_name_the_classes(string file, int classes, int index, string expected)
    {
        string path = Requirements.Data("labels/" + file);
        Assert.Equal(expected, Labels.Match(Labels.Load(path), classes, path)[index]);
    }
}
