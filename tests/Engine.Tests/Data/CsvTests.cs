using LiveCam.Engine.Data;

namespace LiveCam.Engine.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.png,cat\nb.png,dog\n")]
    [InlineData("path,label\r\na.png,cat\r\nb.png,dog")]
    [InlineData("\uFEFFlabel;id;file\n\ncat;1;a.png\ndog;2;\"b.png\"\n")]
    [InlineData("\"a.png\"\t\"cat\"\nb.png\tdog\n")]
    [InlineData("image_id,breed\na.png,cat\nb.png,dog\n")]
    [InlineData("category;image_name\ncat;a.png\ndog;b.png\n")]
    [InlineData(",filepath,label\n0,a.png,cat\n1,b.png,dog\n")]
    [InlineData("filename,cat,dog\na.png,1,0\nb.png,0,1\n")]
    [InlineData("class id,filepaths,labels,data set\n0,a.png,cat,train\n1,b.png,dog,train\n")]
    [InlineData("id,label\na,cat\nb,dog\n")]
    [InlineData("image|label\na.png|cat\nb.png|dog\n")]
    [InlineData("image,label\r\n.\\a.png,cat\r\nb.png,dog\r\n")]
    public void Rows_are_paths_and_labels(string text)
    {
        folder.WritePicture("a.png", 1);
        folder.WritePicture("b.png", 2);
        folder.WriteText("list.csv", text);
        DataParts parts = folder.Open();
        Assert.Equal(("CSV", 2, false), (parts.Form, parts.Train!.Count, parts.Train.IsMultiLabel));
        Assert.Equal(["cat", "dog"], parts.Classes);
        Assert.Equal(("a.png", 0, "b.png", 1), (parts.Train.NameOf(0), parts.Train.Labels(0)[0], parts.Train.NameOf(1), parts.Train.Labels(1)[0]));
        Assert.Equal(30, parts.Train.Read(1).Bytes.Length);
    }

    [Fact]
    public void Two_files_for_one_part_are_a_sentence()
    {
        folder.WriteText("val.csv", "a.png,cat\n");
        folder.WriteText("valid.csv", "b.png,dog\n");
        Assert.Contains("are both its validation part; keep one", Assert.Throws<LiveCamException>(() => folder.Open()).Message);
    }

    [Theory]
    [InlineData("a.png,16 2\nb.png,2\nc.png,\n")]
    [InlineData("a.png,2|16\nb.png,2\nc.png,\n")]
    public void Several_labels_make_the_set_multi_label(string text)
    {
        DataSet set = DataSet.Open(folder.WriteText("list.csv", text), folder).Train!;
        Assert.True(set.IsMultiLabel);
        Assert.Equal(["16", "2"], set.Classes);
        Assert.Equal([0, 1], set.Labels(0).ToArray());
        Assert.Equal([1], set.Labels(1).ToArray());
        Assert.True(set.Labels(2).IsEmpty);
    }

    [Fact]
    public void A_name_of_two_words_is_one_label()
    {
        DataSet set = DataSet.Open(folder.WriteText("list.csv", "image,label\na.png,leaf green\nb.png,\"deep red\"\nc.png,leaf green\n"), folder).Train!;
        Assert.Equal((false, 3), (set.IsMultiLabel, set.Count));
        Assert.Equal(["deep red", "leaf green"], set.Classes);
    }

    [Fact]
    public void Columns_that_somebody_names_are_taken()
    {
        string file = folder.WriteText("list.csv", "one,two,three\na.png,x,p\nb.png,y,q\n");
        Assert.Equal(["p", "q"], DataSet.Open(file, folder, new("one", "three")).Classes);
        Assert.Equal(["x", "y"], DataSet.Open(file, folder, new("1", "2")).Classes);
        Assert.Contains("no column \"four\" for --label-column", Assert.Throws<LiveCamException>(() => DataSet.Open(file, folder, new("one", "four"))).Message);
    }

    [Fact]
    public void A_column_of_parts_makes_parts()
    {
        DataParts parts = DataSet.Open(folder.WriteText("list.csv", "file,label,split\na.png,x,train\nb.png,y,train\nc.png,x,valid\nd.png,y,test\n"), folder);
        Assert.Equal((2, 1, 1), (parts.Train!.Count, parts.Validation!.Count, parts.Test!.Count));
        Assert.Contains(parts.Notes, note => note.Contains("the validation part has no pictures of \"y\""));
    }

    [Fact]
    public void A_file_and_a_name_in_another_form_of_Unicode_are_found()
    {
        folder.WritePicture("a\u0308/1.png", 1);
        folder.WritePicture("b.png", 1);
        DataSet set = DataSet.Open(folder.WriteText("list.csv", "image,label\n\u00e4/1.png,\u00e4\nb.png,a\u0308\n"), folder).Train!;
        Assert.Single(set.Classes);
        Assert.Equal(30, set.Read(0).Bytes.Length);
    }

    [Fact]
    public void Names_keep_their_spaces_where_bars_separate()
    {
        DataSet set = DataSet.Open(folder.WriteText("list.csv", "a.png,hot dog\n\"x, \"\"y\"\".png\",hot dog|bread\n"), folder).Train!;
        Assert.Equal(["bread", "hot dog"], set.Classes);
        Assert.Equal("x, \"y\".png", set.NameOf(1));
    }

    [Fact]
    public void Files_named_after_parts_are_parts()
    {
        folder.WriteText("train.csv", "a.png,x\nb.png,y\n");
        folder.WriteText("test.csv", "c.png,y\n");
        DataParts parts = folder.Open();
        Assert.Equal((2, 1, 1), (parts.Train!.Count, parts.Test!.Count, parts.Test.Labels(0)[0]));
    }

    [Theory]
    [InlineData("", "no rows")]
    [InlineData("a.png\n", "line 1")]
    [InlineData("a.png,x\nb.png,\n", "line 2")]
    [InlineData("one,two,three\na.png,x,y\nb.png,y,x\n", "--image-column and --label-column")]
    [InlineData("a.png,x,y\nb.png,y,x\n", "--label-column")]
    [InlineData("a.png,\n", "0 different labels")]
    [InlineData(",x\n", "line 1 names no file")]
    [InlineData("a.png,x\n\"b.png,y\n", "line 2")]
    public void Malformed_rows_are_told_with_their_line(string text, string word) =>
        Assert.Contains(word, Assert.Throws<LiveCamException>(() => DataSet.Open(folder.WriteText("list.csv", text), folder)).Message);

    [Fact]
    public void Text_that_is_no_csv_is_refused()
    {
        Assert.Contains("UTF-8", Assert.Throws<LiveCamException>(() => DataSet.Open(folder.Write("list.csv", 0x61, 0xFE, 0xFD), folder)).Message);
        Assert.Contains("4096", Assert.Throws<LiveCamException>(() => DataSet.Open(folder.WriteText("list.csv", new string('x', 10000)), folder)).Message);
        folder.WriteText("second.csv", "a.png,x\n");
        Assert.Contains("2 CSV files", Assert.Throws<LiveCamException>(() => folder.Open()).Message);
    }

    [Fact]
    public void A_row_whose_file_is_missing_is_told_when_it_is_read()
    {
        DataSet set = DataSet.Open(folder.WriteText("list.csv", "gone.png,x\n"), folder).Train!;
        Assert.Contains("gone.png", Assert.Throws<LiveCamException>(() => set.Read(0)).Message);
    }
}
