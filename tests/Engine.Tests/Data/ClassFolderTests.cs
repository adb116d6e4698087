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
        Assert.Equal(["10", "9"], parts.Classes);
        Assert.Contains(parts.Notes, note => note.Contains("10, 9"));
        Assert.Contains(parts.Notes, note => note.Contains("2 hidden or system files or folders are left out"));
        Assert.Contains(parts.Notes, note => note.Contains("empty\" holds no pictures"));
        Assert.Equal(["9/b.png", "9/deeper/c.png", "10/a2.png", "10/a10.png"], Names(parts.Train!));
        Assert.Equal([1, 1, 0, 0], Enumerable.Range(0, 4).Select(i => parts.Train!.Labels(i)[0]));
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

    [Theory]
    [InlineData("training_set", "test_set")]
    [InlineData("Train", "Testing")]
    [InlineData("train/train", "test/test")]
    [InlineData("pack/train", "pack/test")]
    [InlineData("train data", "valid-images")]
    public void Parts_are_found_whatever_they_are_called_and_wherever_an_archive_puts_them(string train, string test)
    {
        foreach (string name in (string[])["cat/1.png", "dog/1.png"])
        {
            folder.WritePicture($"{train}/{name}", 1);
            folder.WritePicture($"{test}/{name}", 1);
        }
        DataParts parts = folder.Open();
        Assert.Equal(["cat", "dog"], parts.Classes);
        Assert.Equal((2, 2), (parts.Train!.Count, parts.Evaluation.Count));
        Assert.NotSame(parts.Train, parts.Evaluation);
    }

    [Fact]
    public void A_folder_around_the_class_folders_is_looked_through_and_said()
    {
        foreach (string name in (string[])["pets/cat/1.png", "pets/dog/1.png", "__MACOSX/pets/cat/._1.png"]) folder.WritePicture(name, 1);
        DataParts parts = folder.Open();
        Assert.Equal(["cat", "dog"], parts.Classes);
        Assert.Contains(parts.Notes, note => note.Contains("holds nothing but \"pets\""));
    }

    [Fact]
    public void A_level_that_may_be_the_wrong_one_is_doubted_aloud()
    {
        foreach (string name in (string[])["animal/cat/1.png", "animal/dog/1.png", "thing/car/1.png", "thing/cup/1.png"]) folder.WritePicture(name, 1);
        Assert.Contains(folder.Open().Notes, note => note.Contains("each of these folders holds only further folders"));
        Directory.Delete(folder["thing"], true);
        folder.WritePicture("animal/1.png", 1);
        Assert.Contains(folder.Open().Notes, note => note.Contains("1 picture lies beside the class folders"));
        Directory.Delete(folder["animal/cat"], true);
        Directory.Delete(folder["animal/dog"], true);
        Assert.Contains(folder.Open().Notes, note => note.Contains("only one class"));
    }

    [Fact]
    public void A_class_that_only_one_part_has_is_said()
    {
        foreach (string name in (string[])["train/cat/1.png", "train/dog/1.png", "test/dog/3.png"]) folder.WritePicture(name, 1);
        Assert.Contains(folder.Open().Notes, note => note.Contains("the test part has no pictures of \"cat\""));
    }

    [Fact]
    public void A_folder_in_two_forms_of_Unicode_is_one_class()
    {
        foreach (string name in (string[])["train/Ka\u0308se/1.png", "train/x/1.png", "val/K\u00e4se/2.png", "val/x/1.png"]) folder.WritePicture(name, 1);
        DataParts parts = folder.Open();
        Assert.Equal(2, parts.Classes.Count);
        Assert.Equal(parts.Train!.Labels(0)[0], parts.Validation!.Labels(0)[0]);
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
