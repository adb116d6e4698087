using LiveCam.Engine.Data;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Reports;

/// <summary>
/// Pictures beside variants of them: at the top the first picture with each augmentation alone, below it every picture with all of them
/// together, as training would see it in its first epochs.
/// </summary>
internal sealed class ContactSheet(VariationList list, ulong seed, string from)
{
    /// <summary>Variants in a row, beside the original.</summary>
    public const int Variants = 7;

    private const int Across = 168, MostSource = 512, RowHead = 150;

    private readonly Theme theme = new();
    private readonly List<(Picture Picture, string Title, string Note)> rows = [];

    public int Count => rows.Count;

    public void Add(Picture picture, string title, string note)
    {
        int factor = Math.Max(picture.Width, picture.Height) / MostSource;
        rows.Add((factor < 2 ? picture : Downscaling.By(picture, factor), title, note));
    }

    /// <summary>The sheet, as large as its rows need.</summary>
    public Picture Draw()
    {
        int gap = (int)theme.Gap, margin = 28, head = 84, section = 44, caption = 26;
        // Tiles as high as the highest picture needs, within limits.
        int down = (int)(Across * Math.Clamp(rows.Max(row => (double)row.Picture.Height / row.Picture.Width), 0.5, 1.25)), across = Across + gap;
        int columns = Variants + 1, width = 2 * margin + RowHead + columns * across - gap;
        int alone = list.Items.Count, lines = alone / columns + 1, line = down + caption + gap;
        int height = head + (alone > 0 ? section + lines * line : 0) + section + caption + Count * (down + gap) + margin;
        var canvas = new Canvas();
        canvas.Begin(width, height, theme.Background);
        var page = new Rect(margin, 0, width - 2 * margin, height);
        canvas.Text("Augmentation", margin, 44, theme.Headline, theme.Text);
        Label.Draw(canvas, page with { Y = 54, Height = 22 }, $"{from}   ·   {(list.Text.Length == 0 ? "nothing" : list.Text)}   ·   seed {seed}", theme.Body, 11, theme.TextDim);
        float y = head;
        if (alone > 0)
        {
            canvas.Text($"Each alone, {rows[0].Title}", page with { Y = y, Height = section }, theme.Strong, theme.TextDim);
            y += section;
            for (int i = 0; i <= alone; i++)
            {
                // The original comes first, then what each entry of the list makes of it.
                string text = i == 0 ? "original" : list.Text.Split(',')[i - 1];
                var tile = new Rect(margin + RowHead + i % columns * across, y + i / columns * line, Across, down);
                Tile(canvas, tile, i == 0 ? rows[0].Picture : Loudest(VariationList.Parse(text), i), isOriginal: i == 0);
                Label.Draw(canvas, tile with { Y = tile.Bottom, Height = caption }, text.Replace(':', ' '), theme.Title, 9, i == 0 ? theme.Accent : theme.Text, Align.Center);
            }
            y += lines * line;
        }
        canvas.Text("All together, as training sees it", page with { Y = y, Height = section }, theme.Strong, theme.TextDim);
        y += section;
        for (int column = 0; column < columns; column++)
            canvas.Text(column == 0 ? "original" : $"epoch {column}", new(margin + RowHead + column * across, y, Across, caption), theme.Title,
                column == 0 ? theme.Accent : theme.TextFaint, Align.Center);
        y += caption;
        var augmenter = new Augmenter(list, seed);
        for (int row = 0; row < Count; row++, y += down + gap)
        {
            (Picture picture, string title, string note) = rows[row];
            var name = new Rect(margin, y + down / 2 - 24, RowHead - 2 * gap, 24);
            Label.Draw(canvas, name, title, theme.Strong, 10, theme.Text);
            Label.Draw(canvas, name with { Y = name.Bottom }, note, theme.Caption, 9, theme.TextFaint);
            for (int column = 0; column < columns; column++)
                Tile(canvas, new(margin + RowHead + column * across, y, Across, down), column == 0 ? picture : Mixed(augmenter, row, column), isOriginal: column == 0);
        }
        var sheet = new Picture(width, height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(canvas, sheet);
        return sheet;
    }

    /// <summary>A small picture keeps its pixels as squares; a large one is averaged.</summary>
    private void Tile(Canvas canvas, Rect tile, Picture picture, bool isOriginal)
    {
        canvas.Fill(tile, theme.Surface, 6);
        Rect inside = tile.Inset(3).Fit(picture.Width, picture.Height);
        canvas.Image(picture, inside, smooth: picture.Width > inside.Width, radius: 4);
        if (isOriginal) canvas.Border(tile, theme.Accent, 2, 6);
    }

    /// <summary>One variation alone; of some chances the one that shows most, since a sheet of unmirrored mirrors explains nothing.</summary>
    private Picture Loudest(VariationList one, int place)
    {
        const int chances = 6;
        Picture original = rows[0].Picture;
        var augmenter = new Augmenter(one, seed + (ulong)place);
        (Picture? best, long most) = (null, -1);
        for (int chance = 0; chance < chances; chance++)
        {
            Picture made = one.Mixup is { } ? Blend(original, rows[^1].Picture, 0.5f + 0.08f * chance) : augmenter.Apply(original, chance, place);
            long difference = Difference(original, made);
            if (difference <= most) continue;
            (best, most) = (Copy(made), difference);
        }
        return best!;
    }

    private Picture Mixed(Augmenter augmenter, int row, int epoch)
    {
        Picture made = Copy(augmenter.Apply(rows[row].Picture, epoch, row));
        if (list.Mixup is not { } mixup) return made;
        var random = new SampleRandom(seed, epoch, row, Streams.Mixup);
        (int other, float share) = mixup.Draw(Count, ref random);
        return Blend(made, augmenter.Apply(rows[other].Picture, epoch, other), share);
    }

    /// <summary>Both pictures in shares, the other stretched over the first.</summary>
    private static Picture Blend(Picture own, Picture other, float share)
    {
        var result = new Picture(own.Width, own.Height, PixelFormat.Bgr8);
        for (int y = 0; y < own.Height; y++)
            for (int x = 0; x < own.Width; x++)
                for (int c = 0; c < 3; c++)
                    result.Row(y)[3 * x + c] = (byte)(At(own, x, y, c) * share + At(other, x * other.Width / own.Width, y * other.Height / own.Height, c) * (1 - share) + 0.5f);
        return result;
    }

    private static byte At(Picture picture, int x, int y, int channel) => picture.Format switch
    {
        PixelFormat.Gray8 => picture.Row(y)[x],
        PixelFormat.Bgr8 => picture.Row(y)[3 * x + channel],
        _ => picture.Row(y)[4 * x + 2 - channel],
    };

    private static Picture Copy(Picture picture)
    {
        var copy = new Picture(picture.Width, picture.Height, picture.Format);
        picture.Bytes.CopyTo(copy.Bytes, 0);
        return copy;
    }

    private static long Difference(Picture a, Picture b)
    {
        long sum = 0;
        for (int y = 0; y < a.Height; y++)
            for (int x = 0; x < a.Width; x++)
                for (int c = 0; c < 3; c++) sum += Math.Abs(At(a, x, y, c) - At(b, x, y, c));
        return sum;
    }
}
