using System.Buffers.Binary;
using System.IO.Compression;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Tests.Platform;

public sealed class ImageFileTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 23)]
    [InlineData(640, 479)]
    public void A_png_gives_back_every_bit(int width, int height)
    {
        Picture before = Scratch.Noise(width, height, PixelFormat.Bgr8);
        Picture after = ImageFile.Decode(ImageFile.Encode(before, ".png"));
        Assert.Equal((width, height, PixelFormat.Bgr8), (after.Width, after.Height, after.Format));
        Assert.Equal(before.Bytes, after.Bytes);
    }

    [Theory]
    [InlineData(".bmp")]
    [InlineData(".BMP")]
    public void A_bmp_gives_back_every_bit(string extension)
    {
        Picture before = Scratch.Noise(31, 17, PixelFormat.Bgr8);
        Assert.Equal(before.Bytes, ImageFile.Decode(ImageFile.Encode(before, extension)).Bytes);
    }

    [Fact]
    public void A_jpeg_stays_close()
    {
        Picture before = Scratch.Pattern(320, 240);
        byte[] good = ImageFile.Encode(before, ".jpg", quality: 95), small = ImageFile.Encode(before, ".jpeg", quality: 30);
        Assert.InRange(Scratch.Difference(before, ImageFile.Decode(good)), 0.0, 4.0);
        Assert.True(small.Length < good.Length / 2, $"quality 30 takes {small.Length} bytes, quality 95 {good.Length}");
    }

    [Fact]
    public void Gray_pictures_come_back_with_three_equal_channels()
    {
        Picture gray = Scratch.Noise(13, 7, PixelFormat.Gray8);
        Picture after = ImageFile.Decode(ImageFile.Encode(gray, ".png"));
        Assert.Equal(gray.Bytes.SelectMany(value => new[] { value, value, value }), after.Bytes);
    }

    [Fact]
    public void Rgba_is_written_with_its_channels_in_the_right_order()
    {
        Picture rgba = Scratch.Noise(9, 5, PixelFormat.Rgba8);
        Picture after = ImageFile.Decode(ImageFile.Encode(rgba, ".png"));
        for (int i = 0; i < 9 * 5; i++)
        {
            // What is transparent lies on white.
            double alpha = rgba.Bytes[i * 4 + 3] / 255.0;
            for (int c = 0; c < 3; c++)
                Assert.Equal(rgba.Bytes[i * 4 + c] * alpha + 255 * (1 - alpha), after.Bytes[i * 3 + 2 - c], 0.51);
        }
    }

    [Fact]
    public void Sixteen_bit_pictures_keep_their_high_byte()
    {
        // One row of three gray pixels, 16 bits each, filter byte 0 in front.
        byte[] row = [0, 0x12, 0x34, 0xAB, 0xCD, 0xFF, 0xFF];
        Picture after = ImageFile.Decode(Png(3, 1, bitDepth: 16, colourType: 0, row));
        Assert.Equal([0x12, 0xAB, 0xFF], new[] { after.Bytes[0], after.Bytes[3], after.Bytes[6] });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Photos_stand_upright_whatever_the_orientation_tag(int orientation)
    {
        Picture upright = Scratch.Pattern(64, 48);
        byte[] stored = ImageFile.Encode(Stored(upright, orientation), ".jpg", 100);
        Picture after = ImageFile.Decode(WithOrientation(stored, orientation));
        Assert.Equal((64, 48), (after.Width, after.Height));
        Assert.InRange(Scratch.Difference(upright, after), 0.0, 5.0);
    }

    [Theory]
    [InlineData(200_000, 16)]
    [InlineData(30_000, 30_000)]
    [InlineData(0, 10)]
    public void A_png_that_states_an_absurd_size_is_refused_before_memory_is_taken(int width, int height)
    {
        byte[] file = Png(width, height, 8, 2, new byte[100]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<LiveCamException>(() => ImageFile.Decode(file, "huge.png"));
        Assert.Contains($"{width}x{height}", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    public void The_header_reader_agrees_with_the_decoder(string extension)
    {
        byte[] file = ImageFile.Encode(Scratch.Pattern(123, 45), extension);
        Assert.Equal((123L, 45L), ImageHeader.Size(file));
        Picture after = ImageFile.Decode(file);
        Assert.Equal((123, 45), (after.Width, after.Height));
    }

    [Fact]
    public void The_header_reader_knows_gif_tiff_and_pnm()
    {
        Assert.Equal((300L, 2L), ImageHeader.Size([.. "GIF89a"u8, 0x2C, 1, 2, 0, .. new byte[22]]));
        Assert.Equal((300L, 2L), ImageHeader.Size([.. "II*\0"u8, 8, 0, 0, 0, 2, 0,
            0, 1, 3, 0, 1, 0, 0, 0, 0x2C, 1, 0, 0,  1, 1, 4, 0, 1, 0, 0, 0, 2, 0, 0, 0]));
        Assert.Equal((300L, 2L), ImageHeader.Size([.. "P6 # a comment with 7 in it\n300\n2 255\n      "u8]));
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_an_error_or_a_picture_never_a_crash()
    {
        foreach (string extension in new[] { ".png", ".bmp", ".webp" })
        {
            byte[] file = ImageFile.Encode(Scratch.Pattern(24, 16), extension);
            for (int length = 0; length < file.Length; length += 1 + file.Length / 40) Try(file.AsSpan(0, length));
            for (int i = 0; i < Math.Min(file.Length, 60); i++)
            {
                byte[] damaged = [.. file];
                damaged[i] ^= 0x80;
                Try(damaged);
            }
        }

        static void Try(ReadOnlySpan<byte> bytes)
        {
            try { Assert.True(ImageFile.Decode(bytes).Width > 0); }
            catch (LiveCamException e) { Assert.StartsWith("Reading the picture", e.Message); }
        }
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    public void Half_a_file_is_an_error_and_not_half_a_picture(string extension)
    {
        byte[] file = ImageFile.Encode(Scratch.Pattern(160, 120), extension);
        Assert.Throws<LiveCamException>(() => ImageFile.Decode(file.AsSpan(0, file.Length / 2)));
    }

    [Fact]
    public void The_end_of_a_thumbnail_is_not_the_end_of_a_jpeg()
    {
        // An application segment of 6 bytes that holds an end marker, as a thumbnail in EXIF does.
        byte[] file = ImageFile.Encode(Scratch.Pattern(64, 48), ".jpg");
        byte[] tagged = [0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 0, 0, .. file[2..]];
        Assert.Equal(64, ImageFile.Decode(tagged).Width);
        Assert.Throws<LiveCamException>(() => ImageFile.Decode(tagged.AsSpan(0, tagged.Length / 2)));
    }

    [Fact]
    public void A_colour_profile_is_taken_out_and_everything_else_left()
    {
        byte[] plain = Png(1, 1, 8, 0, [0, 77]);
        const int AfterHeader = 8 + 25;
        byte[] tagged = [.. plain[..AfterHeader], .. Chunk("iCCP"u8, new byte[40]), .. plain[AfterHeader..]];
        Assert.Equal(plain, ImageHeader.WithoutProfile(tagged).ToArray());
        Assert.Equal(plain, ImageHeader.WithoutProfile(plain).ToArray());
        Assert.Equal(77, ImageFile.Decode(tagged).Bytes[0]);
    }

    [Fact]
    public void Errors_name_the_file_and_the_reason()
    {
        using Scratch scratch = new();
        string garbage = scratch.Write("garbage.png", Scratch.Noise(50, 50, PixelFormat.Gray8).Bytes);
        Assert.Contains("garbage.png", Assert.Throws<LiveCamException>(() => ImageFile.Load(garbage)).Message);
        Assert.Contains("missing.jpg", Assert.Throws<LiveCamException>(() => ImageFile.Load(scratch["missing.jpg"])).Message);
        Assert.Contains("empty", Assert.Throws<LiveCamException>(() => ImageFile.Load(scratch.Write("zero.png", []))).Message);
        Assert.Contains(".gif", Assert.Throws<LiveCamException>(() => ImageFile.Encode(Scratch.Pattern(8, 8), ".gif")).Message);
    }

    [Fact]
    public void Saving_leaves_the_file_and_nothing_else()
    {
        using Scratch scratch = new();
        Picture before = Scratch.Noise(20, 10, PixelFormat.Bgr8);
        string path = scratch.Write("ünïcode 图.png", "old"u8);
        ImageFile.Save(before, path);
        Assert.Equal(before.Bytes, ImageFile.Load(path).Bytes);
        Assert.Equal([path], Directory.GetFileSystemEntries(scratch.Folder));
        Assert.Throws<LiveCamException>(() => ImageFile.Save(before, scratch["no/such/folder.png"]));
    }

    // What a camera held that way would have stored: EXIF 3 is turned by 180 degrees, 6 needs a quarter turn clockwise
    // to stand upright, 8 one counter-clockwise.
    private static Picture Stored(Picture upright, int orientation)
    {
        (int w, int h) = (upright.Width, upright.Height);
        Picture stored = orientation is 6 or 8 ? new(h, w, PixelFormat.Bgr8) : new(w, h, PixelFormat.Bgr8);
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                (int sx, int sy) = orientation switch { 3 => (w - 1 - x, h - 1 - y), 6 => (y, w - 1 - x), 8 => (h - 1 - y, x), _ => (x, y) };
                upright.Row(y).Slice(x * 3, 3).CopyTo(stored.Row(sy)[(sx * 3)..]);
            }
        }
        return stored;
    }

    // An APP1 segment right after the start marker: "Exif", a big-endian TIFF header and one entry, tag 0x0112.
    private static byte[] WithOrientation(byte[] jpeg, int orientation) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];

    private static byte[] Png(int width, int height, byte bitDepth, byte colourType, byte[] rows)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest)) zlib.Write(rows);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bitDepth, colourType);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    // Length, name, data, and the CRC-32 of name and data (PNG specification, 5.3).
    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] body = [.. name, .. data], length = new byte[4], check = new byte[4];
        uint crc = uint.MaxValue;
        foreach (byte b in body)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. body, .. check];
    }
}
