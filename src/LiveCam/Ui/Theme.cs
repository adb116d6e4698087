namespace LiveCam.Ui;

/// <summary>
/// Every size and colour of the program in one value. Sizes are frame pixels with the content scale already in them and, where they
/// place edges, whole. Text colours reach a contrast of 4.5:1 on every surface, 7:1 in the high-contrast variant.
/// </summary>
public sealed record Theme
{
    /// <summary>The frame size in pixels that content scale 1 is designed for.</summary>
    public const int DesignWidth = 1280, DesignHeight = 720;

    private readonly float textScale;

    /// <summary>Content scale, 1..3.</summary>
    public float Scale { get; }
    public bool LargeText { get; }
    public bool HighContrast { get; }

    public Color Background { get; }
    public Color Surface { get; }
    /// <summary>Tracks of bars, letterbox of the camera: a step away from <see cref="Surface"/>.</summary>
    public Color Well { get; }
    public Color Line { get; }
    public Color Text { get; }
    public Color TextDim { get; }
    public Color TextFaint { get; }
    public Color Accent { get; }
    public Color Good { get; }
    public Color Warn { get; }
    public Color Bad { get; }

    /// <summary>Colours for things told apart by colour, in order (after Okabe and Ito 2008, lightened for a dark ground).</summary>
    public IReadOnlyList<Color> Series { get; }

    /// <param name="scale">Content scale; kept within 1..3.</param>
    public Theme(float scale = 1, bool largeText = false, bool highContrast = false)
    {
        Scale = Math.Clamp(scale, 1, 3);
        (LargeText, HighContrast) = (largeText, highContrast);
        textScale = Scale * (largeText ? 1.25f : 1);
        Background = highContrast ? Color.Hex(0x000000) : Color.Hex(0x0A0D12);
        Surface = highContrast ? Color.Hex(0x000000) : Color.Hex(0x12171F);
        Well = highContrast ? Color.Hex(0x1C1C1C) : Color.Hex(0x1F2733);
        Line = highContrast ? Color.Hex(0xB8C0CC) : Color.Hex(0x242D3A);
        Text = highContrast ? Color.Hex(0xFFFFFF) : Color.Hex(0xF3F6FA);
        TextDim = highContrast ? Color.Hex(0xFFFFFF) : Color.Hex(0xB3BECC);
        TextFaint = highContrast ? Color.Hex(0xD5DCE5) : Color.Hex(0x8996A8);
        Accent = highContrast ? Color.Hex(0x6FD3FF) : Color.Hex(0x45BDF5);
        Good = highContrast ? Color.Hex(0x6BF59B) : Color.Hex(0x4FD18B);
        Warn = highContrast ? Color.Hex(0xFFD84D) : Color.Hex(0xF5BE3D);
        Bad = highContrast ? Color.Hex(0xFF9AA5) : Color.Hex(0xFA7483);
        Series = [Color.Hex(0x45BDF5), Color.Hex(0xF0A830), Color.Hex(0x2FC79C), Color.Hex(0xE08BBB), Color.Hex(0xF2E35B), Color.Hex(0xEB7A3A), Color.Hex(0x93A0B4)];
    }

    /// <summary>The content scale that makes a frame of this size look like the 1280x720 design.</summary>
    public static float ScaleFor(int width, int height) => Math.Clamp(MathF.Min((float)width / DesignWidth, (float)height / DesignHeight), 1, 3);

    public TextStyle Caption => new(12 * textScale);
    public TextStyle Body => new(14 * textScale);
    public TextStyle Strong => new(16 * textScale, FontWeight.SemiBold);
    public TextStyle Row => new(16 * textScale);
    public TextStyle Title => new(13 * textScale, FontWeight.SemiBold);
    public TextStyle Headline => new(28 * textScale, FontWeight.SemiBold);
    public TextStyle Answer => new(48 * textScale, FontWeight.SemiBold);

    /// <summary>A thin line: one pixel at scale 1, whole at every scale.</summary>
    public float Hairline => Px(1) * (HighContrast ? 2 : 1);
    public float Gap => Px(8);
    public float Pad => Px(16);
    public float Margin => Px(16);
    public float Radius => Px(10);

    /// <summary>A length of the design in whole frame pixels, at least one.</summary>
    public float Px(float design) => MathF.Max(1, MathF.Floor(design * Scale + 0.5f));

    /// <summary>The height a line of text takes, in whole pixels.</summary>
    public float LineHeight(TextStyle style) => MathF.Ceiling(Font.Inter.Strike(style).LineHeight);
}
