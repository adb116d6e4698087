using System.Numerics;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Tests.Ui.GlDisplay;

/// <summary>The OpenGL display against the software rasteriser, which has its own tests against double precision.</summary>
[Collection(GlCollection.Name)]
public sealed unsafe class GlCanvasTests(GlFixture context)
{
    private void AreAlike(int width, int height, Action<Canvas> draw)
    {
        var canvas = new Canvas();
        canvas.Begin(width, height, new Color(40, 90, 200));
        draw(canvas);
        context.Run(gl =>
        {
            using var renderer = new GlCanvasRenderer(gl);
            Difference.Of(Difference.BySoftware(canvas), Difference.ByOpenGl(gl, renderer, canvas)).IsSmall();
        });
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(800, 1200)]
    public void The_sample_frame_is_the_one_that_software_draws(int width, int height)
    {
        var frame = new SampleFrame();
        var canvas = new Canvas();
        frame.Draw(canvas, new Theme(Theme.ScaleFor(width, height)), width, height);
        context.Run(gl =>
        {
            using var renderer = new GlCanvasRenderer(gl);
            Difference.Of(Difference.BySoftware(canvas), Difference.ByOpenGl(gl, renderer, canvas)).IsSmall();
        });
    }

    [Fact]
    public void Boxes_borders_and_gradients_lie_on_fractions_of_pixels() => AreAlike(160, 120, canvas =>
    {
        var random = new Random(11);
        for (int i = 0; i < 60; i++)
        {
            var rect = new Rect(random.NextSingle() * 140 - 10, random.NextSingle() * 100 - 10, random.NextSingle() * 60 + 0.2f, random.NextSingle() * 50 + 0.2f);
            Color a = new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)), b = a with { R = 255, A = 90 };
            float radius = i % 2 * random.NextSingle() * 20;
            canvas.PushClip(new(random.Next(40), random.Next(40), 90, 70));
            switch (i % 3)
            {
                case 0: canvas.Fill(rect, a, radius); break;
                case 1: canvas.Fill(rect, a, b, radius); break;
                default: canvas.Border(rect, a, random.NextSingle() * 5, radius); break;
            }
            canvas.PopClip();
        }
    });

    [Fact]
    public void A_line_is_one_shape_whatever_it_crosses() => AreAlike(200, 150, canvas =>
    {
        var random = new Random(12);
        foreach (float stroke in new[] { 0.4f, 1, 2.5f, 12 })
        {
            var points = new Vector2[12];
            for (int i = 0; i < points.Length; i++) points[i] = new(random.NextSingle() * 260 - 30, random.NextSingle() * 200 - 30);
            points[5] = points[4];
            canvas.PushClip(new(10, 5, 170, 130));
            canvas.Polyline(points, new(250, 220, 30, 120), stroke);
            canvas.PopClip();
        }
    });

    [Fact]
    public void Text_of_all_sizes_shares_one_draw_call()
    {
        var canvas = new Canvas();
        canvas.Begin(900, 700, Color.Black);
        for (int i = 0; i < 12; i++)
            canvas.Text("Hamburgefonstiv 0123456789 ÄÖÜß …", 7.3f + i, 40 + i * 55, new TextStyle(9 + i * 5, i % 2 == 0 ? FontWeight.Regular : FontWeight.SemiBold), new(255, 230, 200, (byte)(255 - i * 9)));
        context.Run(gl =>
        {
            using var renderer = new GlCanvasRenderer(gl);
            Difference.Of(Difference.BySoftware(canvas), Difference.ByOpenGl(gl, renderer, canvas)).IsSmall();
            Assert.Equal(1, renderer.DrawCalls);
        });
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Bgr8)]
    [InlineData(PixelFormat.Rgba8)]
    public void Pictures_are_filtered_as_by_software(PixelFormat format)
    {
        var source = Drawing.Noise(41, 29, format, 7, opaque: false);
        AreAlike(300, 260, canvas =>
        {
            int x = 0, y = 0;
            foreach (var (w, h) in new[] { (37, 23), (20, 11), (12, 40), (90, 51), (37, 9), (1, 1), (74, 23) })
                foreach (bool mirror in new[] { false, true })
                    foreach (bool smooth in new[] { false, true })
                    {
                        canvas.Image(source, new(x, y, w, h), new(2, 3, 39, 26), mirror, smooth, mirror ? 0.6f : 1, smooth ? 6 : 0);
                        x += w + 3;
                        if (x > 200) (x, y) = (0, y + 40);
                    }
        });
    }

    [Fact]
    public void A_gray_picture_is_coloured_after_it_was_scaled() => AreAlike(200, 200, canvas =>
    {
        var ramp = new Picture(256, 1, PixelFormat.Gray8);
        for (int i = 0; i < 256; i++) ramp.Bytes[i] = (byte)i;
        for (int i = 0; i < ColorMap.All.Count; i++) canvas.Image(ramp, new(3, i * 30, 150 - i * 8, 20), map: ColorMap.All[i]);
    });

    [Fact]
    public void A_picture_in_a_texture_is_drawn_where_it_lies()
    {
        var source = Drawing.Noise(41, 29, PixelFormat.Gray8, 9);
        context.Run(gl =>
        {
            uint name;
            gl.CreateTextures(GLEnum.Texture2D, 1, &name);
            gl.TextureStorage2D(name, 1, GLEnum.R8, 41, 29);
            gl.PixelStore(GLEnum.UnpackAlignment, 1);
            fixed (byte* p = source.Bytes) gl.TextureSubImage2D(name, 0, 0, 0, 41, 29, GLEnum.Red, GLEnum.UnsignedByte, p);
            int reads = 0;
            var image = new GlImage(name, 41, 29, PixelFormat.Gray8, () =>
            {
                reads++;
                return source;
            });
            var canvas = new Canvas();
            canvas.Begin(120, 90, Color.Black);
            canvas.Image(image, new(5, 5, 100, 70), smooth: false, map: ColorMap.Magma);
            using var renderer = new GlCanvasRenderer(gl);
            var drawn = Difference.ByOpenGl(gl, renderer, canvas);
            Assert.Equal(0, reads);
            Difference.Of(Difference.BySoftware(canvas), drawn).IsSmall();
            Assert.Equal(1, reads);
            gl.DeleteTextures(1, &name);
        });
    }

    [Fact]
    public void A_picture_that_keeps_its_version_is_uploaded_once()
    {
        var kept = Drawing.Noise(30, 20, PixelFormat.Bgr8, 1);
        var unknown = Drawing.Noise(30, 20, PixelFormat.Bgr8, 2);
        kept.MarkChanged();
        var canvas = new Canvas();
        context.Run(gl =>
        {
            using var renderer = new GlCanvasRenderer(gl);
            Assert.Equal([2, 3, 5, 6], Enumerable.Range(0, 4).Select(i =>
            {
                if (i == 2)
                {
                    kept.Bytes.AsSpan().Fill(77);
                    kept.MarkChanged();
                }
                canvas.Begin(80, 60, Color.Black);
                canvas.Image(kept, new(0, 0, 30, 20));
                canvas.Image(kept, new(40, 0, 15, 10));
                canvas.Image(unknown, new(0, 30, 30, 20));
                var drawn = Difference.ByOpenGl(gl, renderer, canvas);
                Difference.Of(Difference.BySoftware(canvas), drawn).IsSmall();
                return renderer.Uploads;
            }));
        });
    }

    [Fact]
    public void A_repeated_frame_allocates_nothing_on_either_side()
    {
        var frame = new SampleFrame();
        var canvas = new Canvas();
        var theme = new Theme();
        context.Run(gl =>
        {
            using var renderer = new GlCanvasRenderer(gl);
            using var target = new OffscreenFrame(gl, 640, 360);
            for (int i = 0; i < 3; i++) Once();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 5; i++) Once();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Once()
            {
                frame.Draw(canvas, theme, 640, 360);
                target.Render(renderer, canvas);
            }
        });
    }

    [Fact]
    public void A_host_that_shares_the_context_finds_its_state_again()
    {
        var canvas = new Canvas();
        new SampleFrame().Draw(canvas, new Theme(), 640, 360);
        context.Run(gl =>
        {
            uint texture = Textures.Make(gl, GLEnum.Rgba8, 4, 4, GLEnum.Rgba);
            gl.ActiveTexture(GLEnum.Texture0 + 2);
            gl.BindTexture(GLEnum.Texture2D, texture);
            gl.Enable(GLEnum.DepthTest);
            gl.Enable(GLEnum.CullFace);
            gl.Disable(GLEnum.Blend);
            gl.BlendFuncSeparate(GLEnum.One, GLEnum.Zero, GLEnum.OneMinusSrcAlpha, GLEnum.SrcAlpha);
            gl.ColorMask(true, false, true, false);
            gl.PixelStore(GLEnum.UnpackAlignment, 8);
            gl.Viewport(3, 4, 55, 66);
            int[] before = Snapshot(gl);
            using (var renderer = new GlCanvasRenderer(gl, sharesContext: true))
            {
                Assert.Equal(before, Snapshot(gl));
                Difference.Of(Difference.BySoftware(canvas), ByOpenGlKeepingState(gl, renderer, canvas, before)).IsSmall();
            }
            gl.ColorMask(true, true, true, true);
            gl.Disable(GLEnum.DepthTest);
            gl.Disable(GLEnum.CullFace);
            gl.PixelStore(GLEnum.UnpackAlignment, 4);
            gl.ActiveTexture(GLEnum.Texture0);
            Textures.Delete(gl, texture);
        });
    }

    private static Picture ByOpenGlKeepingState(GL gl, GlCanvasRenderer renderer, Canvas canvas, int[] expected)
    {
        using var frame = new OffscreenFrame(gl, canvas.Width, canvas.Height);
        gl.ActiveTexture(GLEnum.Texture0 + 2);
        frame.Render(renderer, canvas);
        Assert.Equal(expected, Snapshot(gl));
        var picture = new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8);
        frame.Read(picture);
        return picture;
    }

    private static int[] Snapshot(GL gl)
    {
        int* viewport = stackalloc int[4];
        gl.GetInteger(GLEnum.Viewport, viewport);
        GLEnum[] names =
        [
            GLEnum.CurrentProgram, GLEnum.VertexArrayBinding, GLEnum.ArrayBufferBinding, GLEnum.TextureBufferBinding, GLEnum.ActiveTexture,
            GLEnum.TextureBinding2D, GLEnum.Blend, GLEnum.DepthTest, GLEnum.CullFace, GLEnum.BlendSrcRgb, GLEnum.BlendDstAlpha,
            GLEnum.UnpackAlignment, GLEnum.PixelUnpackBufferBinding,
        ];
        return [.. names.Select(gl.GetInteger), viewport[0], viewport[1], viewport[2], viewport[3]];
    }
}
