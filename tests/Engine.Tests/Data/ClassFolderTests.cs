using LiveCam.Engine.Data;

namespace LiveCam.Engine.Tests.Data;

public sealed class ClassFolderTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_folder_is_a_class_and_everything_is_in_natural_order()
    {
        foreach (string name in (string[])["10/a2.png", "10/a10.png", "9/b.png", "9/deeper/c.png", "9/.hidden.png", ".git/d.png", "empty/readme.txt", "9/notes.txt"])
            folder.WritePicture(name, 1);
        DataParts parts = folder.Open();
        Assert.Equal("class folders", parts.Form);
        Assert.Equal(["9", "10"], parts.Classes);
        Assert.Equal(["9/b.png", "9/deeper/c.png", "10/a2.png", "10/a10.png"], Names(parts.Train!));
        Assert.Equal([0, 0, 1, 1], Enumerable.Range(0, 4).Select(i => parts.Train!.Labels(i)[0]));
        Assert.Null(parts.Test);
    }

    [Fact]
    public void Parts_that_were_separated_stay_so_and_share_their_classes()
    {
        foreach (string name in (string[])["train/cat/1.png", "train/dog/1.png", "Val/dog/2.png", "test/dog/3.png", "test/eel/4.png"]) folder.WritePicture(name, 1);
        DataParts parts = folder.Open();
        Assert.Equal(["cat", "dog", "eel"], parts.Classes);
        Assert.Equal((2, 1, 2), (parts.Train!.Count, parts.Validation!.Count, parts.Test!.Count));
        Assert.Equal([1, 2], Enumerable.Range(0, 2).Select(i => parts.Test.Labels(i)[0]));
        Assert.Same(parts.Test, parts.Split(0.5, 0.5, 1).Test);
        Assert.Equal(2, parts.Split(0.5, 0.5, 1).Train!.Count);
    }

    [Theory]
    [InlineData("test/1.png", "\"test\"")]
    [InlineData("test/1.png annotations/a.txt", "\"annotations\", \"test\"")]
    [InlineData("val/cat/2.png annotations/a.txt", "\"annotations\"")]
    public void Folders_without_classes_beside_the_parts_are_left_out_and_named(string others, string left)
    {
        foreach (string name in (string[])["train/cat/1.png", "train/dog/1.png", .. others.Split(' ')]) folder.WritePicture(name, 1);
        DataParts parts = folder.Open();
        Assert.Equal(["cat", "dog"], parts.Classes);
        Assert.Equal((2, others.StartsWith("val") ? 1 : null, null), (parts.Train!.Count, parts.Validation?.Count, parts.Test?.Count));
        Assert.Equal($"class folders; {left} left out, without classes", parts.Form);
    }

    [Fact]
    public void Classes_may_be_called_train_and_test()
    {
        folder.WritePicture("train/1.png", 1);
        folder.WritePicture("test/1.png", 1);
        folder.WritePicture("bus/1.png", 1);
        Assert.Equal(["bus", "test", "train"], folder.Open().Classes);
    }

    [Fact]
    public void Pictures_alone_have_no_classes()
    {
        folder.WritePicture("2.png", 1);
        DataParts parts = folder.Open();
        Assert.Equal(("pictures", 0, 1), (parts.Form, parts.Classes.Count, parts.Train!.Count));
        Assert.True(parts.Train.Labels(0).IsEmpty);
    }

    [Fact]
    public void A_link_in_a_circle_is_not_followed()
    {
        folder.WritePicture("cat/1.png", 1);
        Directory.CreateSymbolicLink(folder["cat/again"], folder["cat"]);
        Assert.Equal(["cat/1.png"], Names(folder.Open().Train!));
    }

    [Theory]
    [InlineData("nothing", "no such file or folder")]
    [InlineData("", "no class folders")]
    [InlineData("readme.txt", "no class folders")]
    public void What_is_no_data_set_gets_one_sentence(string name, string word)
    {
        folder.WriteText("readme.txt", "nothing to see");
        string sentence = Assert.Throws<LiveCamException>(() => folder.Open(name)).Message;
        Assert.Contains(word, sentence);
        Assert.EndsWith(".", sentence);
    }

    private static string[] Names(DataSet set) => [.. Enumerable.Range(0, set.Count).Select(set.NameOf)];
}
