using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

public sealed class LabelsTests
{
    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("\uFEFFcat\r\ndog\r\n\r\n")]
    [InlineData("[\"cat\",\n \"dog\"]")]
    [InlineData("n02123045 cat\nn02084071 dog")]
    [InlineData("cat\n\ndog")]
    [InlineData("cat\rdog\r")]
    [InlineData("0 cat\n1 dog")]
    [InlineData("1 dog\n0 cat")]
    [InlineData("0\tcat\n1\tdog")]
    [InlineData("0: cat\n1: dog")]
    [InlineData("0,cat\n1,dog")]
    [InlineData("1. cat\n2. dog")]
    [InlineData("[0] cat\n[1] dog")]
    [InlineData("index,label\n0,cat\n1,dog")]
    [InlineData("cat,0\ndog,1")]
    [InlineData("cat: 0\ndog: 1")]
    [InlineData("0 n02123045 cat\n1 n02084071 dog")]
    [InlineData("n02123045,cat\nn02084071,dog")]
    [InlineData("n02123045 1 cat\nn02084071 2 dog")]
    [InlineData("\"cat\",\n\"dog\"")]
    [InlineData("'cat',\n'dog',")]
    [InlineData("['cat', 'dog',]")]
    [InlineData("classes = ['cat', 'dog']")]
    [InlineData("{0: 'cat', 1: 'dog'}")]
    [InlineData("{\"1\": \"dog\", \"0\": \"cat\"}")]
    [InlineData("{\"dog\": 1, \"cat\": 0}")]
    [InlineData("{\"0\": [\"n02123045\", \"cat\"], \"1\": [\"n02084071\", \"dog\"]}")]
    [InlineData("{\"model_type\": \"vit\", \"id2label\": {\"0\": \"cat\", \"1\": \"dog\"}, \"label2id\": {\"cat\": 0}}")]
    [InlineData("{\"imageSize\": 224, \"labels\": [\"cat\", \"dog\"]}")]
    [InlineData("[{\"id\": 0, \"name\": \"cat\"}, {\"id\": 1, \"name\": \"dog\"}]")]
    [InlineData("path: data\nnc: 2\nnames:\n  0: cat\n  1: 'dog' \n")]
    [InlineData("names:\n- cat\n- dog # the other\nnc: 2")]
    [InlineData("nc: 2\nnames: [cat, dog]\n")]
    public void Every_form_gives_the_labels_in_order(string text) => Assert.Equal(["cat", "dog"], Labels.Parse(text, "test").Names);

    [Theory]
    [InlineData("class 0\nclass 1")]
    [InlineData("1 euro\n2 euro")]
    [InlineData("1 cent\n2 cent\n5 cent")]
    [InlineData("0\n1\n2")]
    [InlineData("tench, Tinca tinca\ngoldfish, Carassius auratus")]
    [InlineData("C#\nF#")]
    [InlineData("3.5 inch\n5.25 inch")]
    public void Names_that_only_look_like_numbers_stay_names(string text) => Assert.Equal(text.Split('\n'), Labels.Parse(text, "test").Names);

    [Fact]
    public void WordNet_ids_are_kept_beside_the_names()
    {
        Labels labels = Labels.Parse("n01440764 tench, Tinca tinca\nn02102040 springer", "test");
        Assert.Equal(["tench, Tinca tinca", "springer"], labels.Names);
        Assert.Equal(["n01440764", "n02102040"], labels.Ids);
        Assert.Equal(["n01440764", "n02102040"], Labels.Parse("n01440764\nn02102040", "test").Names);
    }

    [Fact]
    public void Files_in_other_encodings_are_read_or_told()
    {
        string file = Path.GetTempFileName();
        try
        {
            foreach (System.Text.Encoding encoding in (System.Text.Encoding[])[System.Text.Encoding.UTF8, System.Text.Encoding.Unicode, System.Text.Encoding.BigEndianUnicode, new System.Text.UnicodeEncoding(false, byteOrderMark: false)])
            {
                File.WriteAllText(file, "Käse\r\nдом\r\n", encoding);
                if (encoding.Preamble.Length == 0) File.WriteAllText(file, "cheese\r\nhouse\r\n", encoding);
                Assert.Equal(encoding.Preamble.Length == 0 ? ["cheese", "house"] : ["Käse", "дом"], Labels.Load(file).Names);
            }
            File.WriteAllBytes(file, [(byte)'a', (byte)'\n', (byte)'K', 0xE4, (byte)'s']);
            Assert.Contains("line 2 is neither UTF-8 nor UTF-16", Assert.Throws<LiveCamException>(() => Labels.Load(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("", "there are none")]
    [InlineData("[]", "there are none")]
    [InlineData("[\"cat\", \"\"]", "label 2 of 2 is empty")]
    [InlineData("{\"0\": \"cat\", \"2\": \"dog\"}", "1 is not among them")]
    [InlineData("0: cat\n2: dog", "number 1 is missing")]
    [InlineData("{\"model\": \"x\"}", "none of its entries (model)")]
    [InlineData("<!DOCTYPE html>\n<html>", "web page")]
    [InlineData("version https://git-lfs.example/spec/v1\noid sha256:0", "git lfs pull")]
    [InlineData("item {\n  id: 1\n  name: 'cat'\n}", "label map")]
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
        var labels = new Labels("test", thousand);
        Assert.Same(labels, labels.Match(1000));
        Assert.Equal(["background", .. thousand], labels.Match(1001).Names);
        Assert.Equal(thousand, new Labels("test", ["Background", .. thousand]).Match(1000).Names);
        Assert.Contains("1000, but the model has 10", Assert.Throws<LiveCamException>(() => labels.Match(10)).Message);
        Assert.Throws<LiveCamException>(() => new Labels("test", ["cat", "dog", "bird"]).Match(2));
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
        Assert.Equal(expected, Labels.Load(path).Match(classes).Names[index]);
    }
}
