using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Training.Augmentation;

public sealed class VariationListTests
{
    public static TheoryData<string> Names => [.. Variations.All.Select(kind => kind.Name)];

    [Fact]
    public void A_list_is_read_with_its_numbers_or_the_usual_ones()
    {
        VariationList list = VariationList.Parse(" mirror, crop:3,Rotate:7.5 ,mixup:0.4");
        Assert.Equal([new Mirror(0.5), new Crop(3), new Rotate(7.5), new Mixup(0.4)], list.Items.Select(item => item.Variation));
        Assert.Equal("mirror:0.5,crop:3,rotate:7.5,mixup:0.4", list.ToString());
        Assert.Equal(list.Items, VariationList.Parse(list.Text).Items);
        Assert.Equal(new Mixup(0.4), list.Mixup);
        Assert.Empty(VariationList.Parse(" ").Items);
    }

    [Theory]
    [InlineData("mirorr", "no such augmentation")]
    [InlineData("mirror,,crop", "no such augmentation")]
    [InlineData("crop:1.5", "whole number from 0 to 64")]
    [InlineData("crop:", "whole number from 0 to 64")]
    [InlineData("rotate:-1", "0 to 180")]
    [InlineData("rotate:NaN", "0 to 180")]
    [InlineData("rotate:1:2", "0 to 180")]
    [InlineData("elastic:1e9", "0 to 0.2")]
    [InlineData("mixup,mixup", "twice")]
    public void What_cannot_be_done_is_told_once(string text, string word)
    {
        string sentence = Assert.Throws<LiveCamException>(() => VariationList.Parse(text)).Message;
        Assert.Contains(word, sentence);
        Assert.EndsWith(".", sentence);
    }

    [Fact]
    public void A_list_without_end_is_refused() =>
        Assert.Contains("limit", Assert.Throws<LiveCamException>(() => VariationList.Parse(string.Join(',', Enumerable.Repeat("crop", 65)))).Message);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_variation_takes_pictures_of_any_size_and_depends_on_its_sample_alone(string name)
    {
        VariationList list = VariationList.Parse(name);
        var used = new Augmenter(list, 9);
        bool changes = false;
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>().Where(Picture.Holds))
            foreach ((int width, int height) in ((int, int)[])[(1, 1), (1, 7), (5, 1), (13, 11), (40, 24)])
                for (int sample = 0; sample < 6; sample++)
                {
                    Picture picture = MovementTests.Noise(width, height, format, sample);
                    byte[] before = [.. picture.Bytes];
                    Picture fresh = new Augmenter(list, 9).Apply(picture, 2, sample), again = used.Apply(picture, 2, sample);
                    Assert.Equal((width, height), (fresh.Width, fresh.Height));
                    Assert.Equal(fresh.Bytes, again.Bytes);
                    Assert.Equal(before, picture.Bytes);
                    if (format == PixelFormat.Bgr8) changes |= !fresh.Bytes.SequenceEqual(before);
                }
        Assert.Equal(name != "mixup", changes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_variation_differs_from_epoch_to_epoch_and_sample_to_sample(string name)
    {
        if (name == "mixup") return;
        var augmenter = new Augmenter(VariationList.Parse(name), 9);
        Picture picture = MovementTests.Noise(24, 24, PixelFormat.Bgr8);
        HashSet<string> Kinds(Func<int, (int Epoch, int Sample)> at) => [.. Enumerable.Range(0, 20).Select(i => Convert.ToHexString(augmenter.Apply(picture, at(i).Epoch, at(i).Sample).Bytes))];
        Assert.True(Kinds(i => (i, 3)).Count >= 2);
        Assert.True(Kinds(i => (3, i)).Count >= 2);
    }

    [Fact]
    public void Shares_of_mixup_spread_as_beta_says()
    {
        foreach (double alpha in (double[])[0.2, 1, 3])
        {
            double sum = 0;
            var others = new int[8];
            for (int sample = 0; sample < 20000; sample++)
            {
                var random = new SampleRandom(1, 0, sample);
                (int other, float share) = new Mixup(alpha).Draw(8, ref random);
                Assert.InRange(share, 0.5f, 1);
                sum += (share - 0.5) * (share - 0.5);
                others[other]++;
            }
            // The variance of Beta(α, α) is 1 / (4 (2α + 1)); folding at its mean keeps it.
            double variance = 1 / (4 * (2 * alpha + 1));
            Assert.Equal(variance, sum / 20000, 0.03 * variance);
            Assert.All(others, count => Assert.InRange(count, 2300, 2700));
        }
    }
}
