using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

public sealed class PreprocessingCpuTests
{
    // Edges are rounded to 2^-33 of a pixel for each of up to 8192 steps (1e-6), and single precision rounds weights and about 20 sums.
    private const double Bound = 3e-6;

    private static float[] Run(Preprocessing contract, Picture picture, int vectorBits = 512)
    {
        var values = new float[contract.Height * contract.Width * contract.Channels];
        var cpu = new PreprocessingCpu(contract, vectorBits);
        cpu.Run(picture, values, TensorStrides.ChannelsLast(contract.Width, contract.Channels));
        return values;
    }

    private static void AssertMatchesReference(Preprocessing contract, Picture picture, string what)
    {
        double[,,] expected = PreprocessingReference.Run(contract, picture);
        float[] actual = Run(contract, picture);
        double bound = Bound * PreprocessingSamples.FullScale(contract);
        int i = 0;
        foreach (double value in expected)
        {
            Assert.True(Math.Abs(value - actual[i]) <= bound, $"{what}, element {i}: expected {value}, got {actual[i]}; {picture.Width}x{picture.Height} {picture.Format} {contract}");
            i++;
        }
    }

    [Theory]
    [InlineData(1, 60, 20)]   // mostly reducing
    [InlineData(2, 12, 50)]   // mostly enlarging
    [InlineData(3, 40, 40)]
    [InlineData(4, 3, 3)]
    public void Random_contracts_match_naive_integration(int seed, int largestSource, int largestTarget)
    {
        var random = new Random(seed);
        for (int i = 0; i < 120; i++)
            AssertMatchesReference(PreprocessingSamples.Contract(random, largestTarget), PreprocessingSamples.Picture(random, largestSource), $"seed {seed}, case {i}");
    }

    [Theory]
    [InlineData(Resample.Antialias)]
    [InlineData(Resample.Bilinear)]
    [InlineData(Resample.Bicubic)]
    public void Every_filter_matches_its_formula(Resample filter)
    {
        var random = new Random(20 + (int)filter);
        for (int i = 0; i < 60; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 24, filter);
            Picture picture = PreprocessingSamples.Picture(random, 40);
            // What the cubic filter cuts it cuts along the picture's rows and in its colours; the reference turns the picture and makes it gray before.
            if (filter == Resample.Bicubic) contract = contract with { Rotation = contract.Rotation / 180 * 180 };
            if (filter == Resample.Bicubic && contract.Channels == 1) picture = PreprocessingSamples.Picture(random, picture.Width, picture.Height, PixelFormat.Gray8);
            AssertMatchesReference(contract, picture, $"{filter}, case {i}");
        }
    }

    [Fact]
    public void A_wide_picture_matches_naive_integration()
        => AssertMatchesReference(Preprocessing.ImageNet with { Width = 24, Height = 23 }, PreprocessingSamples.Picture(new Random(5), 321, 97, PixelFormat.Bgr8), "wide");

    [Theory]
    [InlineData(0, false, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(0, true, new[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(90, false, new[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(90, true, new[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(180, false, new[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(270, false, new[] { 3, 6, 2, 5, 1, 4 })]
    public void Rotation_is_clockwise_and_mirroring_comes_after_it(int rotation, bool mirror, int[] expected)
    {
        var picture = new Picture(3, 2, PixelFormat.Gray8);
        for (int i = 0; i < 6; i++) picture.Bytes[i] = (byte)(i + 1);
        bool turned = rotation is 90 or 270;
        var contract = new Preprocessing { Width = turned ? 2 : 3, Height = turned ? 3 : 2, Channels = 1, Scale = 1, Mean = new(0), StandardDeviation = new(1), Rotation = rotation, Mirror = mirror };
        Assert.Equal(expected.Select(value => (float)value), Run(contract, picture));
    }

    [Theory]
    [InlineData(Fit.Crop)]
    [InlineData(Fit.Letterbox)]
    [InlineData(Fit.Stretch)]
    public void The_same_size_with_scale_one_gives_the_exact_bytes(Fit fit)
    {
        Picture picture = PreprocessingSamples.Picture(new Random(6), 37, 19, PixelFormat.Bgr8);
        var contract = new Preprocessing { Width = 37, Height = 19, Fit = fit, Scale = 1, Order = ColourOrder.Bgr };
        Assert.Equal(picture.Bytes.Select(value => (float)value), Run(contract, picture));
    }

    [Fact]
    public void Resize_256_then_crop_224_keeps_the_exact_bytes_of_a_256_picture()
    {
        Picture picture = PreprocessingSamples.Picture(new Random(7), 256, 256, PixelFormat.Gray8);
        float[] values = Run(new Preprocessing { Channels = 1, CropFraction = 0.875, Scale = 1, Mean = new(0), StandardDeviation = new(1) }, picture);
        for (int y = 0; y < 224; y++)
            for (int x = 0; x < 224; x++)
                Assert.Equal(picture.Bytes[(y + 16) * 256 + x + 16], values[y * 224 + x]);
    }

    [Fact]
    public void A_constant_picture_stays_constant()
    {
        var random = new Random(8);
        for (int i = 0; i < 60; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 40) with { Pad = new(201, 201, 201) };
            Picture picture = PreprocessingSamples.Picture(random, 50);
            picture.Bytes.AsSpan().Fill(201);
            float[] values = Run(contract, picture);
            for (int j = 0; j < values.Length; j++)
            {
                int c = j % contract.Channels;
                Assert.Equal((201 * contract.Scale - contract.Mean[c]) / contract.StandardDeviation[c], values[j], 1e-6 * PreprocessingSamples.FullScale(contract));
            }
        }
    }

    [Fact]
    public void Letterbox_bars_have_exactly_the_pad_value()
    {
        Picture picture = PreprocessingSamples.Picture(new Random(9), 40, 20, PixelFormat.Rgba8);
        Preprocessing contract = Preprocessing.ImageNet with { Width = 31, Height = 30, Fit = Fit.Letterbox, Pad = new(114, 20, 3) };
        float[] values = Run(contract, picture);
        float[] pad = [(float)((114.0 / 255 - 0.485) / 0.229), (float)((20.0 / 255 - 0.456) / 0.224), (float)((3.0 / 255 - 0.406) / 0.225)];
        // 31 x 15.5 rounds to 31 x 16: seven rows above and below.
        for (int y = 0; y < 30; y++)
            for (int x = 0; x < 31; x++)
                for (int c = 0; c < 3; c++)
                    Assert.Equal(y is < 7 or >= 23, values[(y * 31 + x) * 3 + c] == pad[c]);
    }

    [Fact]
    public void Reducing_preserves_the_mean()
    {
        var random = new Random(10);
        for (int i = 0; i < 20; i++)
        {
            int width = random.Next(20, 90), height = random.Next(20, 90);
            Picture picture = PreprocessingSamples.Picture(random, width, height, PixelFormat.Gray8);
            var contract = new Preprocessing { Width = random.Next(1, 20), Height = random.Next(1, 20), Channels = 1, Fit = Fit.Stretch, Scale = 1, Mean = new(0), StandardDeviation = new(1) };
            Assert.Equal(picture.Bytes.Average(value => (double)value), Run(contract, picture).Average(value => (double)value), 255 * Bound);
        }
    }

    [Fact]
    public void Every_vector_width_gives_the_same_bits()
    {
        var random = new Random(11);
        for (int i = 0; i < 100; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 30);
            Picture picture = PreprocessingSamples.Picture(random, 90);
            Assert.Equal(Run(contract, picture, 512), Run(contract, picture, 256));
        }
    }

    [Fact]
    public void Only_the_elements_of_the_image_are_written()
    {
        var random = new Random(12);
        for (int i = 0; i < 60; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 20);
            Picture picture = PreprocessingSamples.Picture(random, 40);
            float[] dense = Run(contract, picture);
            (int width, int height, int channels) = (contract.Width, contract.Height, contract.Channels);
            foreach (TensorStrides strides in new[] { TensorStrides.ChannelsLast(width, 4), TensorStrides.ChannelsLast(width + 3, 16), TensorStrides.Planar(width, height) })
            {
                const int guard = 8;
                const float untouched = -12345;
                var memory = new float[height * Math.Max(strides.Y, 1) + channels * strides.C + 2 * guard];
                memory.AsSpan().Fill(untouched);
                new PreprocessingCpu(contract).Run(picture, memory.AsSpan(guard), strides);
                for (int y = 0; y < height; y++)
                    for (int x = 0; x < width; x++)
                        for (int c = 0; c < channels; c++)
                        {
                            ref float value = ref memory[guard + y * strides.Y + x * strides.X + c * strides.C];
                            Assert.Equal(dense[(y * width + x) * channels + c], value);
                            value = untouched;
                        }
                Assert.All(memory, value => Assert.Equal(untouched, value));
            }
        }
    }

    [Fact]
    public void One_instance_serves_pictures_of_changing_size_and_format()
    {
        var random = new Random(13);
        Preprocessing contract = PreprocessingSamples.Contract(random, 30);
        var cpu = new PreprocessingCpu(contract);
        var values = new float[contract.Height * contract.Width * contract.Channels];
        for (int i = 0; i < 20; i++)
        {
            Picture picture = PreprocessingSamples.Picture(random, 50);
            cpu.Run(picture, values, TensorStrides.ChannelsLast(contract.Width, contract.Channels));
            Assert.Equal(Run(contract, picture), values);
        }
    }

    [Fact]
    public void A_run_allocates_nothing_once_the_size_is_known()
    {
        Picture picture = PreprocessingSamples.Picture(new Random(14), 64, 48, PixelFormat.Bgr8);
        Preprocessing contract = Preprocessing.ImageNet with { Width = 20, Height = 20, Fit = Fit.Letterbox };
        var cpu = new PreprocessingCpu(contract);
        var values = new float[20 * 20 * 4];
        cpu.Run(picture, values, TensorStrides.ChannelsLast(20, 4));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) cpu.Run(picture, values, TensorStrides.ChannelsLast(20, 4));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_target_that_is_too_small_is_refused()
    {
        var cpu = new PreprocessingCpu(Preprocessing.ImageNet);
        var picture = new Picture(4, 4, PixelFormat.Bgr8);
        Assert.Throws<ArgumentException>(() => cpu.Run(picture, new float[224 * 224 * 3 - 1], TensorStrides.ChannelsLast(224, 3)));
    }
}
