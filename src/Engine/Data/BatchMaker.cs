using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Fills batches of one epoch: reads, varies, preprocesses, mixes. For one thread.</summary>
internal sealed class BatchMaker(Batches batches, int epoch, int[] order)
{
    // Decoded photographs far larger than the input are halved (or divided by more) before they are varied, as long as they stay this many times larger.
    private const int Finer = 2;

    private readonly BatchOptions options = batches.Options;
    private readonly PreprocessingCpu preprocessing = new(batches.Contract);
    private readonly Augmenter augmenter = new(batches.Options.Augment, batches.Options.Seed);
    private float[] unmixed = [];

    public void Fill(Batch batch, int number, Func<bool> isStopped)
    {
        batch.Begin(number);
        long start = (long)number * options.Size;
        long end = options.Full ? start + options.Size : Math.Min(start + options.Size, order.Length);
        for (long place = start; place < end && !isStopped(); place++)
        {
            int sample = order[place % order.Length];
            for (int tries = 1; !TryAdd(batch, sample) && options.Full; tries++)
            {
                if (tries >= Math.Min(order.Length, 1000))
                    throw new LiveCamException($"Cannot make batches of {batches.Set.Name}: {tries} samples in a row cannot be read; {batch.Unreadable[^1]}");
                sample = (sample + 1) % order.Length;
            }
        }
        if (options.Augment.Mixup is { } mixup) Mix(batch, mixup);
    }

    private bool TryAdd(Batch batch, int sample)
    {
        Span<float> row = batch.Row(batch.Count);
        try
        {
            if (!options.Augment.LeavesPictures)
                preprocessing.Run(augmenter.Apply(Reduced(sample), epoch, sample), row, batch.Strides);
            else if (batches.KeptInputs?.Find(sample) is { } input)
                input.CopyTo(row);
            else
            {
                preprocessing.Run(batches.Set.Read(sample), row, batch.Strides);
                batches.KeptInputs?.Keep(sample, row.ToArray(), row.Length * sizeof(float));
            }
        }
        catch (LiveCamException error)
        {
            batch.Miss(error.Message);
            return false;
        }
        batch.Add(sample, batches.Set.Labels(sample));
        return true;
    }

    /// <summary>The picture of a sample as it is varied.</summary>
    private Picture Reduced(int sample)
    {
        if (batches.KeptPictures?.Find(sample) is { } kept) return kept;
        Picture picture = Reduced(batches.Set.Read(sample));
        batches.KeptPictures?.Keep(sample, picture, picture.Bytes.Length);
        return picture;
    }

    private Picture Reduced(Picture picture)
    {
        int factor = Math.Min(picture.Width / (Finer * batches.Contract.Width), picture.Height / (Finer * batches.Contract.Height));
        return factor < 2 ? picture : Downscaling.By(picture, factor);
    }

    private void Mix(Batch batch, Mixup mixup)
    {
        int row = batch.RowFloats, count = batch.Count, classes = batch.Targets.Shape[1];
        Span<float> images = batch.Images.Span<float>(), targets = batch.Targets.Span<float>();
        if (unmixed.Length < count * (row + classes)) unmixed = new float[count * (row + classes)];
        Span<float> before = unmixed.AsSpan(0, count * row), targetsBefore = unmixed.AsSpan(count * row, count * classes);
        images[..before.Length].CopyTo(before);
        targets[..targetsBefore.Length].CopyTo(targetsBefore);
        for (int i = 0; i < count; i++)
        {
            var random = new SampleRandom(options.Seed, epoch, batch.Samples[i], Streams.Mixup);
            (int other, float share) = mixup.Draw(count, ref random);
            Blend(before.Slice(i * row, row), before.Slice(other * row, row), share, images.Slice(i * row, row));
            Blend(targetsBefore.Slice(i * classes, classes), targetsBefore.Slice(other * classes, classes), share, targets.Slice(i * classes, classes));
        }
    }

    private static void Blend(ReadOnlySpan<float> own, ReadOnlySpan<float> other, float share, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = own[i] * share + other[i] * (1 - share);
    }
}
