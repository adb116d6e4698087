using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// Varies pictures by a list: what becomes of one depends on its pixels, the seed, the epoch and the sample alone. For one thread; its
/// buffers are kept.
/// </summary>
public sealed class Augmenter(VariationList list, ulong seed)
{
    private readonly Warp warp = new();
    private readonly FloatPicture working = new();
    private Picture? result;

    /// <summary>The variation of a picture for one sample in one epoch, of the same size, Gray8 or Bgr8.</summary>
    /// <returns>The picture itself where nothing changes, else one that the next call overwrites.</returns>
    public Picture Apply(Picture picture, int epoch, int sample)
    {
        if (list.LeavesPictures) return picture;
        warp.Begin(picture.Width, picture.Height);
        for (int i = 0; i < list.Items.Count; i++)
            if (list.Items[i].Variation is Movement movement)
            {
                var random = new SampleRandom(seed, epoch, sample, i);
                movement.Draw(warp, ref random);
            }
        if (warp.IsIdentity) working.Take(picture);
        else warp.Resample(picture, working);
        for (int i = 0; i < list.Items.Count; i++)
            if (list.Items[i].Variation is Painting painting)
            {
                var random = new SampleRandom(seed, epoch, sample, i);
                painting.Paint(working, ref random);
            }
        PixelFormat format = working.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Bgr8;
        if (result is null || result.Width != picture.Width || result.Height != picture.Height || result.Format != format)
            result = new Picture(picture.Width, picture.Height, format);
        working.Give(result);
        return result;
    }
}
