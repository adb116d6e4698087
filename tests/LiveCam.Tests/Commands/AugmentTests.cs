using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

public sealed class AugmentTests
{
    [Fact]
    public void The_same_seed_gives_the_same_sheet_and_another_seed_another()
    {
        using var scratch = new Scratch();
        byte[] Sheet(string seed)
        {
            Call call = Call.Run("augment", Requirements.Data("cifar10"), "--augment", "mirror,crop:4,rotate,elastic,cutout,mixup", "--preview", scratch["sheet.png"], "--seed", seed, "--count", "2");
            Assert.True(call.Exit == 0, call.Error);
            Assert.Contains("2 pictures", Assert.Single(call.Lines));
            return ImageFile.Load(scratch["sheet.png"]).Bytes;
        }
        byte[] first = Sheet("1");
        Assert.Equal(first, Sheet("1"));
        Assert.NotEqual(first, Sheet("2"));
        Assert.Equal([scratch["sheet.png"]], Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void A_row_more_makes_the_sheet_higher_and_originals_stay_what_they_are()
    {
        using var scratch = new Scratch();
        Picture Sheet(int count)
        {
            Call call = Call.Run("augment", scratch["data"], "--augment", "invert:1", "--preview", scratch["sheet.png"], "--count", $"{count}");
            Assert.True(call.Exit == 0, call.Error);
            return ImageFile.Load(scratch["sheet.png"]);
        }
        Picture white = new(20, 20, PixelFormat.Gray8);
        white.Bytes.AsSpan().Fill(255);
        foreach (string name in (string[])["a", "b", "c"]) ImageFile.Save(white, Directory.CreateDirectory(scratch["data/cat"]).FullName + $"/{name}.png");
        Picture two = Sheet(2), three = Sheet(3);
        Assert.Equal(two.Width, three.Width);
        Assert.True(three.Height > two.Height + 100);
        // One white tile a row and one at the top; all inverted ones are black.
        double White(Picture sheet) => sheet.Bytes.Count(x => x == 255) / 3.0;
        Assert.InRange(White(three) - White(two), 150 * 150, 170 * 170);
    }

    [Fact]
    public void A_damaged_picture_is_told_and_the_others_are_shown()
    {
        using var scratch = new Scratch();
        ImageFile.Save(Scratch.Pattern(40, 30), Directory.CreateDirectory(scratch["data"]).FullName + "/a.png");
        File.WriteAllText(scratch["data/b.png"], "no picture");
        Assert.Contains("b.png", Call.Run("augment", scratch["data"], "--augment", "mirror", "--preview", scratch["sheet.png"]).AssertFailed(1));
        Assert.True(File.Exists(scratch["sheet.png"]));
        Assert.Contains("gone", Call.Run("augment", scratch["gone"], "--augment", "mirror", "--preview", scratch["sheet.png"]).AssertFailed(1));
        Assert.Contains(".gif", Call.Run("augment", Requirements.Data("photos"), "--augment", "mirror", "--count", "1", "--preview", scratch["sheet.gif"]).AssertFailed(1));
    }
}
