using System.Numerics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class ShapeTests
{
    [Fact]
    public void A_whole_pixel_rectangle_fills_exactly_its_pixels()
    {
        var p = Drawing.Render(20, 10, Color.Black, c => c.Fill(new(3, 2, 11, 5), Color.White));
        for (int y = 0; y < 10; y++)
            for (int x = 0; x < 20; x++)
                Assert.Equal(x is >= 3 and < 14 && y is >= 2 and < 7 ? Color.White : Color.Black, p.At(x, y));
    }

    [Fact]
    public void Fractional_edges_cover_their_pixels_in_proportion()
    {
        var p = Drawing.Render(8, 8, Color.Black, c => c.Fill(Rect.FromEdges(1.25f, 2.5f, 4.5f, 5.75f), Color.White));
        Assert.Equal((int)(255 * 0.75 * 0.5 + 0.5), p.At(1, 2).R);
        Assert.Equal(128, p.At(2, 2).R);
        Assert.Equal(191, p.At(1, 3).R);
        Assert.Equal(255, p.At(2, 3).R);
        Assert.Equal(128, p.At(4, 4).R);
        Assert.Equal((int)(255 * 0.5 * 0.75 + 0.5), p.At(4, 5).R);
        Assert.Equal(0, p.At(5, 3).R);
    }

    [Fact]
    public void A_rectangle_inside_one_pixel_covers_its_area()
    {
        var p = Drawing.Render(4, 4, Color.Black, c => c.Fill(Rect.FromEdges(1.25f, 1.25f, 1.75f, 1.75f), Color.White));
        Assert.Equal(64, p.At(1, 1).R);
        Assert.Equal(64, p.Red());
    }

    [Fact]
    public void Alpha_blending_is_the_rounded_exact_value_for_every_alpha()
    {
        var under = new Color(13, 200, 77);
        var over = new Color(250, 3, 128);
        for (int alpha = 0; alpha < 256; alpha++)
        {
            // Nineteen pixels: the vector body and the tail of a row both take part.
            var p = Drawing.Render(19, 1, under, c => c.Fill(new(0, 0, 19, 1), over with { A = (byte)alpha }));
            for (int x = 0; x < 19; x++)
                Assert.Equal(new Color(Expected(under.R, over.R), Expected(under.G, over.G), Expected(under.B, over.B)), p.At(x, 0));

            byte Expected(int a, int b) => (byte)Drawing.Over(a, b, alpha / 255.0);
        }
    }

    [Theory]
    [InlineData(-5, -5)]
    [InlineData(14, -5)]
    [InlineData(-5, 14)]
    [InlineData(14, 14)]
    [InlineData(5, 5)]
    public void Shapes_that_cross_the_frame_edge_match_the_same_shapes_in_a_larger_frame(int x, int y)
    {
        var noise = Drawing.Noise(13, 9, PixelFormat.Bgr8, 1);
        var small = Drawing.Render(20, 20, Color.Black, c => Everything(c, x, y));
        var large = Drawing.Render(60, 60, Color.Black, c => Everything(c, x + 20, y + 20));
        for (int r = 0; r < 20; r++)
            for (int q = 0; q < 20; q++)
                Assert.Equal(large.At(q + 20, r + 20), small.At(q, r));

        void Everything(Canvas c, float left, float top)
        {
            c.Image(noise, new(left, top, 11, 12), radius: 3, mirror: true);
            c.Fill(new(left + 0.5f, top + 0.25f, 10, 10), new Color(200, 40, 90, 180), 4);
            c.Border(new(left, top, 11, 11), new Color(20, 240, 90), 2, 3);
            c.Text("Ång", left - 2, top + 9, new(16), Color.White);
            c.Polyline([new(left, top + 10), new(left + 5, top), new(left + 10, top + 10)], new Color(10, 90, 250, 200), 1.5f);
        }
    }

    [Fact]
    public void Nothing_is_drawn_outside_a_clip()
    {
        var clip = new Rect(7, 5, 10, 8);
        var noise = Drawing.Noise(30, 30, PixelFormat.Rgba8, 2);
        var p = Drawing.Render(30, 20, Color.Black, c =>
        {
            c.PushClip(new(0, 5, 17, 30));
            c.PushClip(new(7, 0, 30, 13));
            c.Fill(new(0, 0, 30, 20), new Color(255, 0, 0));
            c.Fill(new(2, 1, 25, 18), new Color(0, 255, 0, 90), 5);
            c.Image(noise, new(0, 0, 30, 20));
            c.Border(new(1, 1, 28, 18), Color.White, 9);
            c.Text("WWWWW", 0, 15, new(22, FontWeight.SemiBold), Color.White);
            c.Polyline([new(0, 0), new(30, 20)], Color.White, 3);
            c.PopClip();
            c.PopClip();
        });
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 30; x++)
                Assert.Equal(clip.Contains(x, y), p.At(x, y) != Color.Black);
    }

    [Fact]
    public void A_full_radius_square_is_a_disc()
    {
        const float radius = 20;
        var p = Drawing.Render(50, 50, Color.Black, c => c.Fill(new(5, 5, 2 * radius, 2 * radius), Color.White, radius));
        Assert.Equal(Math.PI * radius * radius, p.Red() / 255.0, Math.PI * radius * radius * 0.005);
        Assert.Equal(0, p.At(6, 6).R);
        Assert.Equal(255, p.At(25, 25).R);
    }

    [Fact]
    public void A_ring_and_the_disc_inside_it_add_up_to_the_whole_disc()
    {
        var whole = Drawing.Render(40, 40, Color.Black, c => c.Fill(new(4, 4, 32, 30), Color.White, 9));
        var ring = Drawing.Render(40, 40, Color.Black, c => c.Border(new(4, 4, 32, 30), Color.White, 3, 9));
        var inner = Drawing.Render(40, 40, Color.Black, c => c.Fill(new(7, 7, 26, 24), Color.White, 6));
        for (int y = 0; y < 40; y++)
            for (int x = 0; x < 40; x++)
                Assert.InRange(ring.At(x, y).R + inner.At(x, y).R - whole.At(x, y).R, -1, 1);
    }

    [Fact]
    public void A_square_border_is_crisp()
    {
        var p = Drawing.Render(12, 12, Color.Black, c => c.Border(new(2, 2, 8, 7), Color.White));
        for (int y = 0; y < 12; y++)
            for (int x = 0; x < 12; x++)
            {
                bool inside = x is >= 2 and < 10 && y is >= 2 and < 9, core = x is >= 3 and < 9 && y is >= 3 and < 8;
                Assert.Equal(inside && !core ? 255 : 0, p.At(x, y).R);
            }
    }

    [Fact]
    public void A_polyline_covers_length_times_width_and_its_joints_once()
    {
        Vector2[] line = [new(10, 10), new(60, 10), new(60, 50)];
        var p = Drawing.Render(80, 60, Color.Black, c => c.Polyline(line, new Color(255, 255, 255, 128), 4));
        byte strongest = 0;
        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 80; x++) strongest = Math.Max(strongest, p.At(x, y).R);
        Assert.Equal(128, strongest);
        double expected = (90 * 4 + Math.PI * 4 - 4 + (4 - Math.PI)) * 128;   // round ends; the joint's square counts once
        Assert.Equal(expected, p.Red(), expected * 0.02);
    }

    [Fact]
    public void A_gradient_runs_from_the_top_colour_to_the_bottom_colour()
    {
        var p = Drawing.Render(1, 256, Color.Black, c => c.Fill(new(0, 0, 1, 256), Color.Black, Color.White));
        for (int y = 0; y < 256; y++) Assert.InRange(p.At(0, y).R, y - 1, y + 1);
    }

    [Fact]
    public void A_picture_of_another_size_or_format_is_refused()
    {
        var canvas = new Canvas();
        canvas.Begin(10, 10, Color.Black);
        Assert.Contains("10x10", Assert.Throws<LiveCamException>(() => new SoftwareRasterizer().Render(canvas, new Picture(10, 11, PixelFormat.Rgba8))).Message);
        Assert.Throws<LiveCamException>(() => new SoftwareRasterizer().Render(canvas, new Picture(10, 10, PixelFormat.Bgr8)));
    }
}
