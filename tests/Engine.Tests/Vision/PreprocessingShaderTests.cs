using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Vision;

[Collection(GlCollection.Name)]
public sealed unsafe class PreprocessingShaderTests(GlFixture fixture)
{
    // Same pixels and the same weights to two roundings; what is left is single precision over the sums.
    private const double Bound = 2e-6;

    private const float Untouched = -12345;

    private float[] Run(Preprocessing contract, Picture picture, TensorStrides strides, int floats, int targetOffset, int sourceOffset)
    {
        ShaderCall call = PreprocessingShader.Call(contract, picture.Width, picture.Height, picture.Format, strides, targetOffset, sourceOffset);
        var bytes = new byte[(sourceOffset + picture.Bytes.Length + 3) / 4 * 4];
        picture.Bytes.CopyTo(bytes, sourceOffset);
        var values = new float[floats];
        values.AsSpan().Fill(Untouched);
        fixture.Run(gl =>
        {
            using var cache = new ProgramCache(gl, null);
            using var source = new GlBuffer(gl, bytes.Length, "picture");
            using var target = new GlBuffer(gl, floats * sizeof(float), "tensor");
            source.Upload<byte>(bytes);
            target.Upload<float>(values);
            gl.UseProgram(cache.Get(ShaderLibrary.Embedded().Assemble(call.File, call.Defines)));
            source.BindStorage(0, 0, source.Bytes);
            target.BindStorage(1, 0, target.Bytes);
            gl.DispatchCompute((uint)call.Groups.X, (uint)call.Groups.Y, (uint)call.Groups.Z);
            target.Download<float>(values);
        });
        return values;
    }

    private void AssertMatchesCpu(Preprocessing contract, Picture picture, TensorStrides strides, int targetOffset, int sourceOffset, string what)
    {
        int floats = targetOffset + contract.Height * Math.Max(strides.Y, 1) + contract.Channels * strides.C + 5;
        var expected = new float[floats];
        expected.AsSpan().Fill(Untouched);
        new PreprocessingCpu(contract).Run(picture, expected.AsSpan(targetOffset), strides);
        float[] actual = Run(contract, picture, strides, floats, targetOffset, sourceOffset);
        double bound = Bound * PreprocessingSamples.FullScale(contract);
        for (int i = 0; i < floats; i++)
            Assert.True(expected[i] == Untouched ? actual[i] == Untouched : Math.Abs(expected[i] - actual[i]) <= bound,
                $"{what}, element {i}: the CPU gives {expected[i]}, the shader {actual[i]}; {picture.Width}x{picture.Height} {picture.Format} {contract}");
    }

    [Theory]
    [InlineData(1, 200, 40)]
    [InlineData(2, 30, 60)]
    [InlineData(3, 3, 9)]
    public void Shader_and_cpu_agree_for_random_contracts(int seed, int largestSource, int largestTarget)
    {
        var random = new Random(seed);
        for (int i = 0; i < 16; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, largestTarget);
            Picture picture = PreprocessingSamples.Picture(random, largestSource);
            TensorStrides strides = random.Next(3) switch
            {
                0 => TensorStrides.ChannelsLast(contract.Width, 4),
                1 => TensorStrides.ChannelsLast(contract.Width + 1, contract.Channels),
                _ => TensorStrides.Planar(contract.Width, contract.Height),
            };
            AssertMatchesCpu(contract, picture, strides, random.Next(40), 4 * random.Next(40), $"seed {seed}, case {i}");
        }
    }

    [Theory]
    [InlineData(Resample.Antialias)]
    [InlineData(Resample.Bilinear)]
    [InlineData(Resample.Bicubic)]
    [InlineData(Resample.Nearest)]
    public void Shader_and_cpu_agree_for_every_filter(Resample filter)
    {
        var random = new Random(30 + (int)filter);
        for (int i = 0; i < 8; i++)
        {
            Preprocessing contract = PreprocessingSamples.Contract(random, 40, filter);
            AssertMatchesCpu(contract, PreprocessingSamples.Picture(random, 120), TensorStrides.ChannelsLast(contract.Width, 4), 0, 0, $"{filter}, case {i}");
        }
    }

    [Fact]
    public void Shader_and_cpu_agree_for_a_camera_frame()
        => AssertMatchesCpu(Preprocessing.ImageNet with { Mirror = true }, PreprocessingSamples.Picture(new Random(4), 1280, 720, PixelFormat.Bgr8),
            TensorStrides.ChannelsLast(224, 4), 0, 0, "720p");

    [Fact]
    public void Shader_gives_the_exact_bytes_at_the_same_size()
    {
        Picture picture = PreprocessingSamples.Picture(new Random(5), 37, 19, PixelFormat.Bgr8);
        float[] values = Run(new Preprocessing { Width = 37, Height = 19, Scale = 1, Order = ColourOrder.Bgr }, picture, TensorStrides.ChannelsLast(37, 3), 37 * 19 * 3, 0, 0);
        Assert.Equal(picture.Bytes.Select(value => (float)value), values);
    }

    [Fact]
    public void Far_from_the_origin_the_shader_still_reads_the_same_pixels_as_the_cpu()
        => AssertMatchesCpu(new Preprocessing { Width = 8192, Height = 2, Fit = Fit.Stretch, Scale = 1 }, PreprocessingSamples.Picture(new Random(6), 32749, 3, PixelFormat.Bgr8),
            TensorStrides.ChannelsLast(8192, 3), 0, 0, "wide");
}
