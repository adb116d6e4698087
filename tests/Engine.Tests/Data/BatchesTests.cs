using LiveCam.Engine.Data;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Data;

public sealed class BatchesTests : IDisposable
{
    private static readonly Preprocessing Contract = new() { Width = 5, Height = 4, Channels = 1, Mean = new(0.5), StandardDeviation = new(0.25) };
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_batch_is_what_the_contract_makes_of_each_sample()
    {
        DataSet set = Samples(23);
        var expected = new float[20];
        var preprocessing = new PreprocessingCpu(Contract);
        int seen = 0;
        foreach (Batch batch in new Batches(set, Contract, new() { Size = 5 }).Epoch(3))
        {
            Assert.Equal((seen / 5, seen < 20 ? 5 : 3), (batch.Number, batch.Count));
            for (int row = 0; row < batch.Count; row++, seen++)
            {
                preprocessing.Run(set.Read(seen), expected, TensorStrides.Planar(5, 4));
                Assert.Equal(expected, batch.Images.Span<float>().Slice(20 * row, 20).ToArray());
                Assert.Equal(seen, batch.Samples[row]);
                Assert.Equal(set.Labels(seen)[0], batch.Labels.Span<long>()[row]);
                Assert.Equal([.. Enumerable.Range(0, 3).Select(i => i == set.Labels(seen)[0] ? 1f : 0)], batch.Targets.Span<float>().Slice(3 * row, 3).ToArray());
            }
        }
        Assert.Equal(23, seen);
    }

    [Fact]
    public void The_number_of_threads_and_of_batches_ahead_changes_no_bit()
    {
        DataSet set = Samples(61);
        var list = VariationList.Parse(string.Join(',', Variations.All.Select(kind => kind.Name)));
        BatchOptions options = new() { Size = 7, Shuffle = true, Full = true, Augment = list, Seed = 11, Threads = 1, Ahead = 2 };
        List<byte[]> expected = Everything(set, options);
        foreach ((int threads, int ahead) in ((int, int)[])[(2, 3), (5, 4), (9, 20)])
            Assert.Equal(expected, Everything(set, options with { Threads = threads, Ahead = ahead }));
        Assert.NotEqual(expected, Everything(set, options with { Seed = 12 }));
    }

    [Fact]
    public void Epochs_are_permutations_that_differ_and_can_be_entered_anywhere()
    {
        var batches = new Batches(Samples(40), Contract, new() { Size = 8, Shuffle = true, Seed = 4, Augment = VariationList.Parse("rotate:30") });
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(epoch => batches.Epoch(epoch).SelectMany(batch => batch.Samples.ToArray()).ToArray())];
        foreach (int[] epoch in epochs) Assert.Equal(Enumerable.Range(0, 40), epoch.Order());
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        byte[][] whole = [.. batches.Epoch(2).Select(batch => batch.Images.Bytes.ToArray())];
        Assert.Equal(whole[3..], batches.Epoch(2, first: 3).Select(batch => batch.Images.Bytes.ToArray()));
    }

    [Fact]
    public void Full_batches_go_on_with_the_first_samples()
    {
        int[][] rows = [.. new Batches(Samples(7), Contract, new() { Size = 3, Full = true }).Epoch(0).Select(batch => batch.Samples.ToArray())];
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6, 0, 1]], rows);
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_or_replaced_and_told()
    {
        DataSet set = Samples(9);
        File.WriteAllBytes(folder["c1/s4.png"], [0]);
        int bad = Enumerable.Range(0, 9).Single(i => set.NameOf(i) == "c1/s4.png");
        (int[] samples, string[] unreadable) = new Batches(set, Contract, new() { Size = 9 }).Epoch(0).Select(batch => (batch.Samples.ToArray(), batch.Unreadable.ToArray())).Single();
        Assert.Equal(Enumerable.Range(0, 9).Where(i => i != bad), samples);
        Assert.Contains("s4.png", Assert.Single(unreadable));
        (samples, unreadable) = new Batches(set, Contract, new() { Size = 9, Full = true }).Epoch(0).Select(batch => (batch.Samples.ToArray(), batch.Unreadable.ToArray())).Single();
        Assert.Equal(Enumerable.Range(0, 9).Select(i => i == bad ? bad + 1 : i), samples);
        Assert.Single(unreadable);
    }

    [Fact]
    public void A_set_of_which_nothing_can_be_read_ends_with_a_sentence()
    {
        DataSet set = Samples(5);
        foreach (string file in Directory.EnumerateFiles(folder.Root, "*.png", SearchOption.AllDirectories)) File.WriteAllBytes(file, [0]);
        Assert.Contains("5 samples in a row", Assert.Throws<LiveCamException>(() => new Batches(set, Contract, new() { Size = 2, Full = true }).Epoch(0).Count()).Message);
    }

    [Fact]
    public void No_more_is_read_than_fits_into_the_batches_ahead()
    {
        var batches = new Batches(Samples(60), Contract, new() { Size = 2, Threads = 3, Ahead = 4 });
        using IEnumerator<Batch> epoch = batches.Epoch(0).GetEnumerator();
        for (int taken = 1; taken <= 10; taken++)
        {
            Assert.True(epoch.MoveNext());
            // The threads get time to do what they should not.
            Thread.Sleep(5);
            Assert.InRange(folder.Reads, 2 * taken, 2 * (taken + 3));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rotate:30,noise")]
    public void Pictures_that_are_kept_are_read_once_and_change_no_bit(string list)
    {
        DataSet set = Samples(61);
        BatchOptions options = new() { Size = 7, Shuffle = true, Augment = VariationList.Parse(list), Seed = 11, Threads = 3 };
        List<byte[]> expected = Everything(set, options);
        int before = folder.Reads;
        Assert.Equal(expected, Everything(set, options with { MostKeptBytes = 1 << 20 }));
        Assert.Equal(61, folder.Reads - before);
        before = folder.Reads;
        Assert.Equal(expected, Everything(set.Select([.. Enumerable.Range(0, 61)], "all"), options with { MostKeptBytes = 1 << 20 }));
        Assert.Equal(61, folder.Reads - before);
        // Pictures have 30 to 63 bytes, inputs 80: there is room for a few, and the others are read in both epochs.
        before = folder.Reads;
        Assert.Equal(expected, Everything(set, options with { MostKeptBytes = 800 }));
        Assert.InRange(folder.Reads - before, 2 * 61 - 800 / 30, 2 * 61 - 10);
    }

    /// <summary>A photograph that is reduced before it is varied is kept reduced.</summary>
    [Fact]
    public void What_is_kept_of_large_pictures_is_small()
    {
        for (int i = 0; i < 8; i++) folder.WritePicture($"c{i % 2}/s{i}.png", (byte)(i + 1), 200, 160);
        DataSet set = folder.Open().Train!;
        BatchOptions options = new() { Size = 8, Augment = VariationList.Parse("rotate:30") };
        List<byte[]> expected = Everything(set, options);
        int before = folder.Reads;
        // Twentieth parts: 10x8 pixels.
        Assert.Equal(expected, Everything(set, options with { MostKeptBytes = 8 * 80 }));
        Assert.Equal(8, folder.Reads - before);
    }

    [Fact]
    public void Leaving_an_epoch_ends_its_threads()
    {
        var batches = new Batches(Samples(60), Contract, new() { Size = 2, Threads = 3, Ahead = 4 });
        foreach (Batch _ in batches.Epoch(0)) break;
        int reads = folder.Reads;
        Thread.Sleep(20);
        Assert.Equal(reads, folder.Reads);
    }

    [Fact]
    public void Channels_last_holds_the_same_numbers()
    {
        DataSet set = DataSet.Open(Requirements.Data("cifar10"), folder).Test!.Limit(6);
        Preprocessing contract = Preprocessing.ImageNet with { Width = 9, Height = 7 };
        float[] first = new Batches(set, contract, new() { Size = 6 }).Epoch(0).Single().Images.Span<float>().ToArray();
        Batch batch = new Batches(set, contract, new() { Size = 6, ChannelsLast = true }).Epoch(0).Single();
        Assert.Equal([6, 7, 9, 3], batch.Images.Shape.Span.ToArray());
        float[] last = batch.Images.Span<float>().ToArray();
        for (int i = 0; i < last.Length; i++)
            Assert.Equal(first[i / 189 * 189 + i % 3 * 63 + i % 189 / 3], last[i]);
    }

    [Fact]
    public void Mixup_blends_pictures_and_labels_in_the_same_shares()
    {
        DataSet set = Samples(30);
        Batch Single(string list) => new Batches(set, Contract, new() { Size = 30, Seed = 2, Augment = VariationList.Parse(list) }).Epoch(1).Single();
        float[] plain = Single("").Images.Span<float>().ToArray();
        Batch mixed = Single("mixup:1");
        int blended = 0;
        for (int row = 0; row < 30; row++)
        {
            float[] targets = mixed.Targets.Span<float>().Slice(3 * row, 3).ToArray();
            int own = set.Labels(row)[0];
            Assert.Equal(1, targets.Sum(), 5);
            Assert.InRange(targets[own], 0.5f, 1);
            Assert.Equal(own, mixed.Labels.Span<long>()[row]);
            int other = Array.FindIndex(targets, (value) => value > 0 && value != targets[own]);
            if (other < 0) continue;
            blended++;
            float share = targets[own];
            float[] image = mixed.Images.Span<float>().Slice(20 * row, 20).ToArray();
            Assert.Contains(Enumerable.Range(0, 30).Where(i => set.Labels(i)[0] == other),
                i => Enumerable.Range(0, 20).All(p => Math.Abs(plain[20 * row + p] * share + plain[20 * i + p] * (1 - share) - image[p]) < 1e-5));
        }
        Assert.InRange(blended, 10, 30);
    }

    [Fact]
    public void Wrong_options_and_empty_sets_are_refused()
    {
        DataSet set = Samples(3);
        Assert.Contains("batch size", Assert.Throws<LiveCamException>(() => new Batches(set, Contract, new() { Size = 0 })).Message);
        Assert.Contains("threads", Assert.Throws<LiveCamException>(() => new Batches(set, Contract, new() { Threads = 0 })).Message);
        Assert.Contains("no sample", Assert.Throws<LiveCamException>(() => new Batches(set.Select([], "none of it"), Contract)).Message);
    }

    private DataSet Samples(int count)
    {
        for (int i = 0; i < count; i++) folder.WritePicture($"c{i % 3}/s{i}.png", (byte)i, (byte)(6 + i % 4), (byte)(5 + i % 3));
        return folder.Open().Train!;
    }

    private static List<byte[]> Everything(DataSet set, BatchOptions options)
    {
        var batches = new Batches(set, Contract, options);
        return [.. Enumerable.Range(0, 2).SelectMany(epoch => batches.Epoch(epoch).Select(batch => (byte[])[.. batch.Images.Bytes.Span, .. batch.Targets.Bytes.Span, .. batch.Labels.Bytes.Span]))];
    }
}
