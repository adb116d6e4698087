using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Vision;

/// <summary>
/// Runs a contract on the CPU: rows first into one row of floats, then columns, then colour and normalisation, straight into the
/// caller's tensor.
/// </summary>
/// <remarks>
/// Tables are made when the source's size or format changes and kept while it stays; a run allocates nothing else. The order of
/// additions is fixed and the same for all vector widths, so equal pictures give equal bits. One thread at a time.
/// </remarks>
public sealed unsafe class PreprocessingCpu
{
    // Floats beyond the row that the column pass may load (never use): three lanes after the last pixel.
    private const int Slack = 4;

    private readonly RowSum _rows;
    private readonly int _channels;
    private readonly Vector128<float> _multiplier, _offset, _luma;
    private readonly float[] _pad;

    private int _width, _height, _bytesPerPixel;
    private Resampling? _resampling;
    private int[] _rowFirst = [], _columnFirst = [];
    private float[] _rowWeights = [], _columnWeights = [];
    private int _rowTaps, _columnTaps;
    private int _columnStart, _rowFloats;
    private float[] _row = [];

    // Of Bicubic: the columns' footprints and weights, and the source rows resampled along them.
    private int[] _acrossFirst = [];
    private float[] _acrossWeights = [], _across = [];
    private int _acrossTaps;

    public Preprocessing Contract { get; }

    /// <exception cref="LiveCamException">The contract is out of its bounds.</exception>
    public PreprocessingCpu(Preprocessing contract) : this(contract, Vector512.IsHardwareAccelerated ? 512 : 256) { }

    internal PreprocessingCpu(Preprocessing contract, int vectorBits)
    {
        Contract = contract.Check();
        _rows = vectorBits == 512 ? RowSum512.Sum : RowSum256.Sum;
        _channels = contract.Channels;
        _pad = new float[_channels];
        Span<float> multiplier = stackalloc float[4], offset = stackalloc float[4];
        for (int c = 0; c < _channels; c++)
        {
            multiplier[c] = (float)contract.Multiplier(c);
            offset[c] = (float)contract.Offset(c);
            _pad[c] = (float)contract.PadValue(c);
        }
        _multiplier = Vector128.Create<float>(multiplier);
        _offset = Vector128.Create<float>(offset);
        _luma = Vector128.Create((float)Luma.Red, (float)Luma.Green, (float)Luma.Blue, 0);
    }

    /// <summary>Writes the tensor of <paramref name="picture"/>: Contract.Height x Width x Channels floats at <paramref name="strides"/>.</summary>
    /// <param name="target">Element (0, 0, 0); nothing but the elements of the image is written.</param>
    public void Run(Picture picture, float* target, TensorStrides strides)
        => Run(picture.Bytes, picture.Width, picture.Height, picture.Format, target, strides);

    /// <summary>As the pointer form, with the target's bounds checked.</summary>
    /// <exception cref="ArgumentException">The image does not fit into <paramref name="target"/>.</exception>
    public void Run(Picture picture, Span<float> target, TensorStrides strides)
    {
        long last = (long)(Contract.Height - 1) * strides.Y + (long)(Contract.Width - 1) * strides.X + (long)(_channels - 1) * strides.C;
        if (strides is not { Y: >= 0, X: >= 0, C: >= 0 } || last >= target.Length)
            throw new ArgumentException($"The image ends at element {last}, the target at {target.Length}.", nameof(target));
        fixed (float* first = target)
            Run(picture, first, strides);
    }

    /// <summary>Writes the tensor of a picture in foreign memory.</summary>
    /// <param name="pixels">Rows without gaps, top first, as in <see cref="Picture"/>.</param>
    /// <exception cref="ArgumentException">There are fewer pixels than the size says.</exception>
    public void Run(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, float* target, TensorStrides strides)
    {
        int bytesPerPixel = (int)format;
        if (width < 1 || height < 1 || pixels.Length < (long)width * height * bytesPerPixel)
            throw new ArgumentException($"{width}x{height} pixels of {bytesPerPixel} bytes are more than the {pixels.Length} bytes given.", nameof(pixels));
        if (width != _width || height != _height || bytesPerPixel != _bytesPerPixel)
            Plan(width, height, bytesPerPixel);

        Resampling map = _resampling!;
        if (map.ContentWidth < Contract.Width || map.ContentHeight < Contract.Height)
            FillBars(map, target, strides);

        // Strides along the source's axes, and the element where both of them are 0.
        nint alongColumns = map.Turned ? strides.Y : strides.X, alongRows = map.Turned ? strides.X : strides.Y;
        nint start = (nint)map.Left * strides.X + (nint)map.Top * strides.Y;
        if (map.FlipX)
        {
            start += (nint)(map.ContentWidth - 1) * strides.X;
            (map.Turned ? ref alongRows : ref alongColumns) *= -1;
        }
        if (map.FlipY)
        {
            start += (nint)(map.ContentHeight - 1) * strides.Y;
            (map.Turned ? ref alongColumns : ref alongRows) *= -1;
        }

        nint rowBytes = (nint)width * bytesPerPixel;
        fixed (byte* picture = pixels)
        fixed (float* row = _row, rowWeights = _rowWeights)
        {
            if (Contract.Resample == Resample.Bicubic) ResampleRows(picture, rowBytes, map);
            for (int v = 0; v < map.Vertical.Count; v++)
            {
                if (Contract.Resample == Resample.Bicubic) ResampleColumns(v, row);
                else _rows(picture + _rowFirst[v] * rowBytes + _columnStart * bytesPerPixel, rowBytes, rowWeights + (nint)v * _rowTaps, _rowTaps, row, _rowFloats);
                float* to = target + start + v * alongRows;
                switch (bytesPerPixel, _channels)
                {
                    case (1, 1): GrayColumns(row, to, alongColumns, 0, 1); break;
                    case (1, _): GrayColumns(row, to, alongColumns, strides.C, 3); break;
                    case (_, 1): LumaColumns(row, to, alongColumns); break;
                    default: ColourColumns(row, to, alongColumns, strides.C); break;
                }
            }
        }
    }

    /// <summary>Bicubic overshoots: as Pillow does, the rows are resampled first and cut to 0..255, and so are the columns then.</summary>
    private void ResampleRows(byte* picture, nint rowBytes, Resampling map)
    {
        int pixels = map.Horizontal.Count, first = _rowFirst.Min(), last = _rowFirst.Max() + _rowTaps;
        for (int y = first; y < last; y++)
        {
            byte* from = picture + y * rowBytes;
            Span<float> to = _across.AsSpan(y * pixels * _bytesPerPixel, pixels * _bytesPerPixel);
            for (int h = 0; h < pixels; h++)
            {
                byte* pixel = from + _acrossFirst[h] * _bytesPerPixel;
                for (int c = 0; c < _bytesPerPixel; c++)
                {
                    float sum = 0;
                    for (int t = 0; t < _acrossTaps; t++) sum = MathF.FusedMultiplyAdd(pixel[t * _bytesPerPixel + c], _acrossWeights[h * _acrossTaps + t], sum);
                    to[h * _bytesPerPixel + c] = Math.Clamp(sum, 0, 255);
                }
            }
        }
    }

    private void ResampleColumns(int v, float* row)
    {
        for (int j = 0; j < _rowFloats; j++)
        {
            float sum = 0;
            for (int t = 0; t < _rowTaps; t++) sum = MathF.FusedMultiplyAdd(_across[(_rowFirst[v] + t) * _rowFloats + j], _rowWeights[v * _rowTaps + t], sum);
            row[j] = Math.Clamp(sum, 0, 255);
        }
    }

    private void Plan(int width, int height, int bytesPerPixel)
    {
        Resampling map = Resampling.Of(Contract, width, height);
        (_rowFirst, _rowWeights, _rowTaps) = map.Vertical.Table();
        (_columnFirst, _columnWeights, _columnTaps) = map.Horizontal.Table();
        if (Contract.Resample == Resample.Bicubic)
        {
            // The columns that follow are resampled ones: each its own.
            (_acrossFirst, _acrossWeights, _acrossTaps) = (_columnFirst, _columnWeights, _columnTaps);
            _across = new float[checked(height * map.Horizontal.Count * bytesPerPixel)];
            (_columnFirst, _columnTaps) = ([.. Enumerable.Range(0, map.Horizontal.Count)], 1);
            _columnWeights = new float[map.Horizontal.Count];
            _columnWeights.AsSpan().Fill(1);
        }
        _columnStart = _columnFirst.Min();
        int end = _columnFirst.Max() + _columnTaps;
        for (int i = 0; i < _columnFirst.Length; i++)
            _columnFirst[i] = (_columnFirst[i] - _columnStart) * bytesPerPixel;
        _rowFloats = (end - _columnStart) * bytesPerPixel;
        _row = new float[_rowFloats + Slack];
        (_resampling, _width, _height, _bytesPerPixel) = (map, width, height, bytesPerPixel);
    }

    private void FillBars(Resampling map, float* target, TensorStrides strides)
    {
        for (int y = 0; y < Contract.Height; y++)
        {
            bool barRow = y < map.Top || y >= map.Top + map.ContentHeight;
            for (int x = 0; x < Contract.Width; x++)
            {
                if (!barRow && x == map.Left) x += map.ContentWidth;
                if (x >= Contract.Width) break;
                float* pixel = target + (nint)y * strides.Y + (nint)x * strides.X;
                for (int c = 0; c < _channels; c++)
                    pixel[c * (nint)strides.C] = _pad[c];
            }
        }
    }

    // The mean over the columns of target pixel h: lanes are the picture's bytes per pixel, in its order (a fourth lane of a
    // three-byte pixel holds the next pixel's first byte and is dropped).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mean(float* row, int first, float* weights, int taps, int bytesPerPixel)
    {
        float* from = row + first;
        Vector128<float> sum = Vector128<float>.Zero;
        for (int t = 0; t < taps; t++, from += bytesPerPixel)
            sum = Vector128.FusedMultiplyAdd(Vector128.Load(from), Vector128.Create(weights[t]), sum);
        return sum;
    }

    private void ColourColumns(float* row, float* to, nint stride, nint channelStride)
    {
        // The picture's red is its first byte in Rgba8 and its third in Bgr8.
        bool swap = (_bytesPerPixel == (int)PixelFormat.Bgr8) == (Contract.Order == ColourOrder.Rgb);
        Vector128<int> order = swap ? Vector128.Create(2, 1, 0, 3) : Vector128.Create(0, 1, 2, 3);
        fixed (int* first = _columnFirst)
        fixed (float* table = _columnWeights)
        {
            float* weights = table;
            for (int h = 0; h < _columnFirst.Length; h++, weights += _columnTaps, to += stride)
            {
                Vector128<float> pixel = Mean(row, first[h], weights, _columnTaps, _bytesPerPixel);
                pixel = Vector128.FusedMultiplyAdd(Vector128.Shuffle(pixel, order), _multiplier, _offset);
                to[0] = pixel.GetElement(0);
                to[channelStride] = pixel.GetElement(1);
                to[2 * channelStride] = pixel.GetElement(2);
            }
        }
    }

    private void LumaColumns(float* row, float* to, nint stride)
    {
        bool swap = _bytesPerPixel == (int)PixelFormat.Bgr8;
        Vector128<float> luma = swap ? Vector128.Shuffle(_luma, Vector128.Create(2, 1, 0, 3)) : _luma;
        fixed (int* first = _columnFirst)
        fixed (float* table = _columnWeights)
        {
            float* weights = table;
            for (int h = 0; h < _columnFirst.Length; h++, weights += _columnTaps, to += stride)
            {
                Vector128<float> pixel = Mean(row, first[h], weights, _columnTaps, _bytesPerPixel) * luma;
                float gray = pixel.GetElement(0) + pixel.GetElement(1) + pixel.GetElement(2);
                *to = MathF.FusedMultiplyAdd(gray, _multiplier.GetElement(0), _offset.GetElement(0));
            }
        }
    }

    private void GrayColumns(float* row, float* to, nint stride, nint channelStride, int channels)
    {
        fixed (int* first = _columnFirst)
        fixed (float* table = _columnWeights)
        {
            float* weights = table;
            for (int h = 0; h < _columnFirst.Length; h++, weights += _columnTaps, to += stride)
            {
                float* from = row + first[h];
                float gray = 0;
                for (int t = 0; t < _columnTaps; t++)
                    gray = MathF.FusedMultiplyAdd(from[t], weights[t], gray);
                for (int c = 0; c < channels; c++)
                    to[c * channelStride] = MathF.FusedMultiplyAdd(gray, _multiplier.GetElement(c), _offset.GetElement(c));
            }
        }
    }
}
