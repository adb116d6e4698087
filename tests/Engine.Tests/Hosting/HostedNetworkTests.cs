using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Hosting;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Engine.Tests.Hosting;

/// <summary>A network in a host's frame, on a context that this test owns.</summary>
[Collection(GlCollection.Name)]
public sealed unsafe class HostedNetworkTests(GlFixture fixture)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(4);

    private static string Model { get; } = Path.Combine(Requirements.Root, "models", "cifar10.onnx");

    /// <summary>A picture that says something to a network: soft shapes, others for each seed.</summary>
    private static Picture Painted(int seed, int width = 40, int height = 36)
    {
        var random = new Random(seed);
        (double x, double y, double r, double g, double b) = (random.NextDouble() * 6, random.NextDouble() * 6, random.NextDouble(), random.NextDouble(), random.NextDouble());
        var picture = new Picture(width, height, PixelFormat.Rgba8);
        for (int i = 0; i < width * height; i++)
        {
            double wave = 0.5 + 0.5 * Math.Sin(x * (i % width) / 9.0 + y * (i / width) / 11.0);
            (picture.Bytes[4 * i], picture.Bytes[4 * i + 1], picture.Bytes[4 * i + 2], picture.Bytes[4 * i + 3]) =
                ((byte)(255 * wave * r), (byte)(255 * wave * g), (byte)(255 * (1 - wave) * b), (byte)random.Next(256));
        }
        return picture;
    }

    /// <summary>A frame after the other until an answer comes.</summary>
    private static int Answered(HostedNetwork net, TimeSpan budget)
    {
        int frames = 0;
        for (long before = net.Answers; net.Answers == before; frames++)
        {
            net.Update(budget);
            Thread.Yield();
        }
        return frames;
    }

    private static void Submit(HostedNetwork net, Picture picture) => net.Submit(picture.Bytes, picture.Width, picture.Height, picture.Format);

    private static uint Texture(GL gl, Picture picture)
    {
        uint name;
        gl.CreateTextures(GLEnum.Texture2D, 1, &name);
        gl.TextureStorage2D(name, 1, GLEnum.Rgba8, (uint)picture.Width, (uint)picture.Height);
        fixed (byte* p = picture.Bytes) gl.TextureSubImage2D(name, 0, 0, 0, (uint)picture.Width, (uint)picture.Height, GLEnum.Rgba, GLEnum.UnsignedByte, p);
        return name;
    }

    [Theory]
    [InlineData(DeviceKind.Gl)]
    [InlineData(DeviceKind.Cpu)]
    public void Answers_are_those_of_the_classifier(DeviceKind kind) => fixture.Run(gl =>
    {
        using var peer = ImageClassifier.Load(Model, new() { Device = DeviceKind.Cpu, Threads = 1 });
        using var net = HostedNetwork.Load(gl, Model, new() { Device = kind, Threads = 1, Layer = null });
        Assert.Equal(kind == DeviceKind.Gl, net.IsOnGpu);
        Assert.Null(net.Answer);
        foreach (int seed in (int[])[1, 2, 3])
        {
            Picture picture = Painted(seed, 40 + seed % 2, 36);
            Submit(net, picture);
            Answered(net, Budget);
            Same(peer.Classify(picture), net.Answer!);
        }
        Assert.Equal(3, net.Answers);
        Assert.False(net.Update(Budget));
    });

    private static void Same(PictureAnswer expected, PictureAnswer found)
    {
        Assert.Equal(expected.Select(guess => guess.Label), found.Select(guess => guess.Label));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-4));
    }

    /// <summary>Row 0 of one is the lowest, of the other the top row.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_texture_is_seen_as_its_pixels_are(bool bottomRowFirst) => fixture.Run(gl =>
    {
        Picture picture = Painted(4), turned = new(picture.Width, picture.Height, picture.Format);
        for (int y = 0; y < picture.Height; y++) picture.Row(y).CopyTo(turned.Row(picture.Height - 1 - y));
        using var net = HostedNetwork.Load(gl, Model, new() { Device = DeviceKind.Gl });
        Submit(net, picture);
        Answered(net, Budget);
        PictureAnswer expected = net.Answer!;
        Submit(net, turned);
        Answered(net, Budget);
        Assert.NotEqual(expected[0].Probability, net.Answer![0].Probability);
        uint texture = Texture(gl, bottomRowFirst ? turned : picture);
        net.Submit(texture, bottomRowFirst);
        gl.DeleteTexture(texture);
        Answered(net, Budget);
        Same(expected, net.Answer!);
    });

    [Fact]
    public void A_budget_of_nothing_takes_one_step_a_frame() => fixture.Run(gl =>
    {
        using var net = HostedNetwork.Load(gl, Model, new() { Device = DeviceKind.Gl });
        Submit(net, Painted(1));
        Answered(net, Budget);
        Submit(net, Painted(2));
        int steps = 0;
        using (var device = new CpuDevice(threads: 1))
        {
            PictureModel model = PictureModel.Load(Model, null, new Dictionary<string, string>());
            using Plan plan = Compiler.Compile(model.Graph, device, model.Compilation([]));
            steps = plan.Steps.Count;
        }
        Assert.True(Answered(net, TimeSpan.Zero) > steps / 2);
    });

    [Theory]
    [InlineData(DeviceKind.Gl)]
    [InlineData(DeviceKind.Cpu)]
    public void Maps_show_the_layers_own_numbers_and_colors_by_them(DeviceKind kind) => fixture.Run(gl =>
    {
        Picture picture = Painted(5);
        using var net = HostedNetwork.Load(gl, Model, new() { Device = kind });
        Submit(net, picture);
        Answered(net, Budget);
        Tensor layer = Layer(net.Layer!, picture);
        HostedMaps maps = net.Maps!;
        Assert.Equal((layer.Shape[1], layer.Shape[2], layer.Shape[3]), (maps.Count, maps.TileHeight, maps.TileWidth));
        var raw = new float[maps.Width * maps.Height];
        var colored = new uint[raw.Length];
        fixed (float* p = raw) gl.GetTextureImage(maps.Raw, 0, GLEnum.Red, GLEnum.Float, (uint)raw.Length * 4, p);
        fixed (uint* p = colored) gl.GetTextureImage(maps.Colored, 0, GLEnum.Rgba, GLEnum.UnsignedByte, (uint)raw.Length * 4, p);
        float[] values = layer.Span<float>().ToArray();
        float largest = values.Max(MathF.Abs);
        List<(float Value, uint Color)> seen = [];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / (maps.TileWidth * maps.TileHeight), y = i / maps.TileWidth % maps.TileHeight, x = i % maps.TileWidth;
            int at = (channel / maps.Columns * maps.TileHeight + y) * maps.Width + channel % maps.Columns * maps.TileWidth + x;
            Assert.Equal(values[i], raw[at], 1e-4 * largest);
            seen.Add((raw[at], colored[at]));
        }
        // The ends of viridis as matplotlib has them, to which the fit is within a few levels; its green grows all the way.
        seen.Sort((a, b) => a.Value.CompareTo(b.Value));
        Near(0x440154, seen[0].Color);
        Near(0xFDE725, seen[^1].Color);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True((pair.First.Color >> 8 & 255) <= (pair.Second.Color >> 8 & 255)));
        Assert.All(seen, one => Assert.Equal(255u, one.Color >> 24));
    });

    /// <param name="rgb">Red in the highest byte of three.</param>
    /// <param name="packed">Red in the lowest byte.</param>
    private static void Near(uint rgb, uint packed)
    {
        for (int part = 0; part < 3; part++)
            Assert.InRange((int)(packed >> 8 * part & 255), (int)(rgb >> 16 - 8 * part & 255) - 8, (int)(rgb >> 16 - 8 * part & 255) + 8);
    }

    private static Tensor Layer(string name, Picture picture)
    {
        PictureModel model = PictureModel.Load(Model, null, new Dictionary<string, string>());
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(model.Graph, device, model.Compilation([name]));
        var input = new Tensor(ElementType.Float32, model.InputShape);
        new PreprocessingCpu(model.Contract).Run(picture, input.Span<float>(), TensorStrides.Planar(model.Contract.Width, model.Contract.Height));
        plan.Write(model.Input.Name, input);
        plan.Run();
        return plan.Read(name);
    }

    [Theory]
    [InlineData(DeviceKind.Gl)]
    [InlineData(DeviceKind.Cpu)]
    public void It_learns_from_the_pictures_submitted(DeviceKind kind) => fixture.Run(gl =>
    {
        using var net = HostedNetwork.Load(gl, Model, new() { Device = kind, Teaches = true, Layer = null });
        Assert.Throws<InvalidOperationException>(() => net.Teach("nothing"));
        string[] labels = ["one", "two", "three"];
        for (int round = 0; round < 3; round++)
            for (int i = 0; i < labels.Length; i++)
            {
                // Taught before it is answered, and pictures behind it do not push it out.
                Submit(net, Noisy(10 + i, round));
                Assert.True(net.Teach(labels[i]));
                Submit(net, Painted(99));
                Assert.False(net.Teach("another"));
                Answered(net, Budget);
            }
        while (net.Samples != (9, 9)) net.Update(Budget);
        Assert.Equal(labels, net.TaughtLabels);
        for (int i = 0; i < labels.Length; i++)
        {
            Submit(net, Noisy(10 + i, 7));
            Answered(net, Budget);
            Assert.Equal((labels[i], 3), (net.Answer![0].Label, net.Answer.Count));
            Assert.False(net.Answer.IsUnknown);
        }
        net.Forget();
        Submit(net, Painted(1));
        while (net.Answer is null) net.Update(Budget);
        Assert.Equal(5, net.Answer.Count);
    });

    private static Picture Noisy(int seed, int round)
    {
        Picture picture = Painted(seed);
        var random = new Random(100 * seed + round);
        foreach (ref byte value in picture.Bytes.AsSpan()) value = (byte)Math.Clamp(value + random.Next(-12, 13), 0, 255);
        return picture;
    }

    [Theory]
    [InlineData(DeviceKind.Gl)]
    [InlineData(DeviceKind.Cpu)]
    public void Every_piece_of_the_hosts_state_is_as_it_was_after_each_call(DeviceKind kind) => fixture.Run(gl =>
    {
        uint texture = Texture(gl, Painted(3));
        using (var state = new ForeignState(gl))
        {
            List<string> before = state.Read();
            HostedNetwork net = HostedNetwork.Load(gl, Model, new() { Device = kind, Teaches = true });
            Check("Load");
            for (int round = 0; round < 2; round++)
            {
                Submit(net, Painted(round, 40 + round));
                Check("Submit pixels");
                net.Teach($"{round}");
                Check("Teach");
                for (bool came = false; !came;)
                {
                    came = net.Update(Budget);
                    Check("Update");
                }
                if (kind == DeviceKind.Gl)
                {
                    net.Submit(texture);
                    Check("Submit a texture");
                }
                else
                {
                    Assert.Contains("Submit pixels", Assert.Throws<LiveCamException>(() => net.Submit(texture)).Message);
                    Check("A texture that is refused");
                }
            }
            while (net.Samples.Learned < 2) net.Update(Budget);
            Check("Update that learned");
            Assert.Throws<LiveCamException>(() => net.Submit(uint.MaxValue));
            Check("Submit of no texture");
            net.Forget();
            Check("Forget");
            net.Dispose();
            Check("Dispose");

            void Check(string call) => Assert.Equal([], state.Read().Zip(before).Where(pair => pair.First != pair.Second).Select(pair => $"{call}: {pair.Second} became {pair.First}"));
        }
        gl.DeleteTexture(texture);
    });

    [Fact]
    public void What_cannot_be_looked_at_is_told() => fixture.Run(gl =>
    {
        using var net = HostedNetwork.Load(gl, Model, new() { Device = DeviceKind.Gl });
        uint array = gl.GenTexture();
        gl.BindTexture(GLEnum.Texture2DArray, array);
        gl.TextureStorage3D(array, 1, GLEnum.Rgba8, 4, 4, 2);
        Assert.Contains($"Texture {array} cannot be looked at", Assert.Throws<LiveCamException>(() => net.Submit(array)).Message);
        gl.DeleteTexture(array);
        Assert.Contains("Teaches", Assert.Throws<InvalidOperationException>(() => net.Teach("a")).Message);
        Assert.Throws<ArgumentException>(() => net.Submit(new byte[10], 4, 4, PixelFormat.Gray8));
        Assert.Throws<LiveCamException>(() => HostedNetwork.Load(gl, Model, new() { Device = DeviceKind.Gl, Layer = "no such layer" }));
    });
}
