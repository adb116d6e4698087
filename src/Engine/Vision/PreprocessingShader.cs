using System.Globalization;
using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Vision;

/// <summary>The contract as one dispatch of <c>preprocess.comp</c>: the same pixels and weights as <see cref="PreprocessingCpu"/>.</summary>
internal static class PreprocessingShader
{
    private const int Side = 8;
    private const long One = 1L << 32;

    /// <summary>
    /// The dispatch that turns one picture into one image of a tensor. Block 0 is the picture's bytes (rows without gaps, the block's size
    /// rounded up to whole words), block 1 the floats.
    /// </summary>
    /// <param name="sourceOffset">Bytes from the block's start to the picture, a multiple of 4.</param>
    /// <param name="targetOffset">Floats from the block's start to element (0, 0, 0).</param>
    /// <exception cref="LiveCamException">The contract is out of its bounds.</exception>
    public static ShaderCall Call(Preprocessing contract, int width, int height, PixelFormat format, TensorStrides strides,
        int targetOffset = 0, int sourceOffset = 0)
    {
        contract.Check();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (sourceOffset < 0 || sourceOffset % 4 != 0) throw new ArgumentOutOfRangeException(nameof(sourceOffset), sourceOffset, "Has to be a multiple of 4.");
        Resampling map = Resampling.Of(contract, width, height);
        bool blueFirst = format == PixelFormat.Bgr8;
        var defines = new List<KeyValuePair<string, string>>();
        Define("WIDTH", contract.Width);
        Define("HEIGHT", contract.Height);
        Define("CHANNELS", contract.Channels);
        Define("BYTES_PER_PIXEL", (int)format);
        Define("ROW_BYTES", checked(width * (int)format));
        Define("SOURCE_OFFSET", sourceOffset);
        Define("TARGET_OFFSET", targetOffset);
        Define("STRIDE_Y", strides.Y);
        Define("STRIDE_X", strides.X);
        Define("STRIDE_C", strides.C);
        Define("CONTENT_LEFT", map.Left);
        Define("CONTENT_TOP", map.Top);
        Define("CONTENT_WIDTH", map.ContentWidth);
        Define("CONTENT_HEIGHT", map.ContentHeight);
        Define("FLIP_X", map.FlipX ? 1 : 0);
        Define("FLIP_Y", map.FlipY ? 1 : 0);
        Define("TURNED", map.Turned ? 1 : 0);
        Define("CLAMPS", contract.Resample == Resample.Bicubic ? 1 : 0);
        Axis("H", map.Horizontal);
        Axis("V", map.Vertical);
        Define("SWAP", blueFirst == (contract.Order == ColourOrder.Rgb) ? 1 : 0);
        Vector("LUMA", channel => (channel, blueFirst) switch { (1, _) => Luma.Green, (0, false) or (2, true) => Luma.Red, _ => Luma.Blue });
        Vector("MULTIPLIER", channel => contract.Multiplier(Math.Min(channel, contract.Channels - 1)));
        Vector("OFFSET", channel => contract.Offset(Math.Min(channel, contract.Channels - 1)));
        Vector("PAD", channel => contract.PadValue(Math.Min(channel, contract.Channels - 1)));
        return new ShaderCall("preprocess.comp", "preprocess", defines,
            new Groups((contract.Width + Side - 1) / Side, (contract.Height + Side - 1) / Side), [new Binding.Input(0), new Binding.Output(0)]);

        void Define(string name, int value) => defines.Add(new(name, value.ToString(CultureInfo.InvariantCulture)));

        void Vector(string name, Func<int, double> value) => defines.Add(new(name, $"vec3({Number(value(0))}, {Number(value(1))}, {Number(value(2))})"));

        void Axis(string name, ResampleAxis axis)
        {
            bool isArea = axis.Filter == Resample.Area;
            // One source pixel is added to the centre so that it stays positive; the shader takes it off again.
            long start = isArea ? axis.Start : axis.Start + (axis.Step >> 1) + (One >> 1) + (axis.Filter == Resample.Nearest ? ResampleAxis.NearestBias : 0);
            Define(name + "_FILTER", (int)axis.Filter);
            Define(name + "_SIZE", axis.Source);
            defines.Add(new(name + "_START", Fixed(start)));
            defines.Add(new(name + "_STEP", Fixed(axis.Step)));
            defines.Add(new(name + "_INVERSE_STEP", Number(isArea ? (double)One / axis.Step : 1 / axis.FilterScale)));
            Define(name + "_REACH", (int)Math.Ceiling(axis.Support));
        }
    }

    private static string Fixed(long value) => string.Create(CultureInfo.InvariantCulture, $"uvec2({(uint)value}u, {(uint)(value >> 32)}u)");

    // Nine digits name a single-precision number; the exponent makes it a GLSL float in every case.
    private static string Number(double value) => ((float)value).ToString("E8", CultureInfo.InvariantCulture);
}
