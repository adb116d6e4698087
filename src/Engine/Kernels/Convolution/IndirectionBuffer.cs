using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Where the input rows of a convolution's output pixels lie. For each kernel tap and each pixel it writes one address;
/// a tap that falls into the padding gets the address of a row of zeros. So the arithmetic needs no edge path and no padded copy.
/// </summary>
/// <remarks>
/// Few input channels make taps too short to be worth an address each: there a tap is a whole kernel row, KernelW runs
/// <see cref="RunGap"/> apart, and the few pixels whose kernel row is cut by the left or right edge get it copied with its zeros.
/// </remarks>
internal sealed unsafe class IndirectionBuffer : IDisposable
{
    private const int RunChannels = 16, RunFloats = 256;

    private readonly ConvGeometry g;
    private readonly bool wholeRows, unpadded, pointwise;
    private readonly int pixels, window;

    // Per output pixel of one image: offset in floats of its first tap from the image (negative inside the padding),
    // and the input plane, row and column of that tap. The last entry is repeated so that four may be read at any pixel.
    private int* origin, plane, row, column;

    public IndirectionBuffer(in ConvGeometry geometry)
    {
        g = geometry;
        pointwise = g.Pointwise;
        unpadded = g.Unpadded;
        int step = g.DilationW * g.InputPitch;
        window = (g.KernelW - 1) * step + g.GroupC;
        wholeRows = g.KernelW > 1 && g.GroupC < RunChannels && window <= RunFloats;
        Taps = wholeRows ? g.KernelD * g.KernelH : g.Taps;
        bool joined = wholeRows && step == g.GroupC;
        Runs = wholeRows && !joined ? g.KernelW : 1;
        Channels = joined ? g.KernelW * g.GroupC : g.GroupC;
        RunGap = step - g.GroupC;
        pixels = g.OutputPixels;
        if (!pointwise)
            BuildTables();
    }

    public int Taps { get; }
    public int Runs { get; }
    public int RunGap { get; }
    public int Channels { get; }

    /// <summary>Floats that must be zero behind the zero row's address.</summary>
    public int ZeroFloats => wholeRows ? window : g.GroupC;

    /// <summary>Floats of scratch that <see cref="Fill"/> may use for this many pixels, the addresses not counted.</summary>
    public long WindowFloats(int count) => wholeRows && !unpadded ? (long)count * Taps * window : 0;

    /// <summary>Writes rows[tap * stride + i], the address of pixel first + i (counted over the whole batch) under each tap, for i below
    /// <paramref name="count"/>; it may write up to three entries more. <paramref name="input"/> points at the group's first channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(float* input, float* zeros, int first, int count, nint* rows, nint stride, float* windows)
    {
        if (pointwise)
        {
            for (int i = 0; i < count; i++)
                rows[i] = (nint)(input + (long)(first + i) * g.InputPitch);
            return;
        }
        // Image by image; what one writes beyond its last pixel the next writes over.
        for (int done = 0; done < count;)
        {
            int n = (first + done) / pixels, pixel = first + done - n * pixels, here = Math.Min(count - done, pixels - pixel);
            float* image = input + (long)n * g.InputPixels * g.InputPitch;
            if (wholeRows)
                windows = FillRows(image, zeros, pixel, here, rows + done, stride, windows);
            else if (unpadded)
                FillInside(image, pixel, here, rows + done, stride);
            else
                FillPadded(image, zeros, pixel, here, rows + done, stride);
            done += here;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillInside(float* image, int first, int count, nint* rows, nint stride)
    {
        for (int i = 0; i < count; i += 4)
        {
            Vector256<long> address = Addresses(image, first + i);
            nint* to = rows + i;
            for (int kd = 0; kd < g.KernelD; kd++)
                for (int kh = 0; kh < g.KernelH; kh++)
                    for (int kw = 0; kw < g.KernelW; kw++, to += stride)
                        (address + Vector256.Create(TapBytes(kd, kh, kw))).Store((long*)to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPadded(float* image, float* zeros, int first, int count, nint* rows, nint stride)
    {
        Vector256<long> zero = Vector256.Create((long)zeros);
        Vector128<uint> depth = Vector128.Create((uint)g.D), height = Vector128.Create((uint)g.H), width = Vector128.Create((uint)g.W);
        for (int i = 0; i < count; i += 4)
        {
            Vector256<long> address = Addresses(image, first + i);
            Vector128<int> z = Vector128.Load(plane + first + i), y = Vector128.Load(row + first + i), x = Vector128.Load(column + first + i);
            nint* to = rows + i;
            for (int kd = 0; kd < g.KernelD; kd++)
            {
                Vector128<uint> insideZ = Vector128.LessThan((z + Vector128.Create(kd * g.DilationD)).AsUInt32(), depth);
                for (int kh = 0; kh < g.KernelH; kh++)
                {
                    Vector128<uint> insideY = insideZ & Vector128.LessThan((y + Vector128.Create(kh * g.DilationH)).AsUInt32(), height);
                    for (int kw = 0; kw < g.KernelW; kw++, to += stride)
                    {
                        Vector128<uint> inside = insideY & Vector128.LessThan((x + Vector128.Create(kw * g.DilationW)).AsUInt32(), width);
                        Select(inside, address + Vector256.Create(TapBytes(kd, kh, kw)), zero).Store((long*)to);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float* FillRows(float* image, float* zeros, int first, int count, nint* rows, nint stride, float* windows)
    {
        Vector256<long> zero = Vector256.Create((long)zeros);
        Vector128<uint> depth = Vector128.Create((uint)g.D), height = Vector128.Create((uint)g.H);
        Vector128<uint> starts = Vector128.Create((uint)Math.Max(0, g.W - (g.KernelW - 1) * g.DilationW));
        for (int i = 0; i < count; i += 4)
        {
            Vector128<int> z = Vector128.Load(plane + first + i), y = Vector128.Load(row + first + i), x = Vector128.Load(column + first + i);
            if (!Vector128.LessThanAll(x.AsUInt32(), starts))
            {
                for (int j = i; j < Math.Min(count, i + 4); j++)
                    windows = CutRows(image, zeros, first + j, rows + j, stride, windows);
                continue;
            }
            Vector256<long> address = Addresses(image, first + i);
            nint* to = rows + i;
            for (int kd = 0; kd < g.KernelD; kd++)
            {
                Vector128<uint> insideZ = Vector128.LessThan((z + Vector128.Create(kd * g.DilationD)).AsUInt32(), depth);
                for (int kh = 0; kh < g.KernelH; kh++, to += stride)
                {
                    Vector128<uint> inside = insideZ & Vector128.LessThan((y + Vector128.Create(kh * g.DilationH)).AsUInt32(), height);
                    Select(inside, address + Vector256.Create(TapBytes(kd, kh, 0)), zero).Store((long*)to);
                }
            }
        }
        return windows;
    }

    /// <summary>The rows of one pixel near the left or right edge: those that are cut get copied with zeros for what lies outside.
    /// Returns the next free window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float* CutRows(float* image, float* zeros, int pixel, nint* to, nint stride, float* windows)
    {
        int z = plane[pixel], y = row[pixel], x = column[pixel], step = g.DilationW * g.InputPitch;
        // Kernel columns [begin, end) fall into the image.
        int begin = Math.Clamp((g.DilationW - 1 - x) / g.DilationW, 0, g.KernelW), end = Math.Clamp((g.W - x + g.DilationW - 1) / g.DilationW, begin, g.KernelW);
        int head = begin * step, tail = begin == end ? head : (end - 1) * step + g.GroupC;
        bool cut = end - begin < g.KernelW;
        for (int kd = 0; kd < g.KernelD; kd++)
            for (int kh = 0; kh < g.KernelH; kh++, to += stride)
            {
                *to = (nint)zeros;
                if ((uint)(z + kd * g.DilationD) >= (uint)g.D || (uint)(y + kh * g.DilationH) >= (uint)g.H || begin == end)
                    continue;
                float* from = image + origin[pixel] + TapBytes(kd, kh, 0) / sizeof(float);
                *to = (nint)from;
                if (!cut)
                    continue;
                *to = (nint)windows;
                Clear(windows, head);
                Copy(from + head, windows + head, tail - head);
                Clear(windows + tail, window - tail);
                windows += window;
            }
        return windows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i + 4 <= count; i += 4)
            Vector128.Load(from + i).Store(to + i);
        for (; i < count; i++)
            to[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(float* to, int count)
    {
        int i = 0;
        for (; i + 4 <= count; i += 4)
            Vector128<float>.Zero.Store(to + i);
        for (; i < count; i++)
            to[i] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Select(Vector128<uint> inside, Vector256<long> address, Vector256<long> zero)
    {
        (Vector128<long> low, Vector128<long> high) = Vector128.Widen(inside.AsInt32());
        return Vector256.ConditionalSelect(Vector256.Create(low, high), address, zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<long> Addresses(float* image, int pixel)
    {
        (Vector128<long> low, Vector128<long> high) = Vector128.Widen(Vector128.Load(origin + pixel));
        return Vector256.ShiftLeft(Vector256.Create(low, high), 2) + Vector256.Create((long)image);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long TapBytes(int kd, int kh, int kw) =>
        (((long)kd * g.DilationD * g.H + kh * g.DilationH) * g.W + kw * g.DilationW) * g.InputPitch * sizeof(float);

    private void BuildTables()
    {
        int padded = (pixels + 6) / 4 * 4;
        origin = (int*)NativeMemory.AlignedAlloc((nuint)padded * 4 * sizeof(int), 64);
        plane = origin + padded;
        row = plane + padded;
        column = row + padded;
        for (int p = 0; p < padded; p++)
        {
            int pixel = Math.Min(p, pixels - 1);
            int z = pixel / (g.OutH * g.OutW) * g.StrideD - g.PadFront;
            int y = pixel / g.OutW % g.OutH * g.StrideH - g.PadTop;
            int x = pixel % g.OutW * g.StrideW - g.PadLeft;
            origin[p] = checked((int)((((long)z * g.H + y) * g.W + x) * g.InputPitch));
            plane[p] = z;
            row[p] = y;
            column[p] = x;
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(origin);
        origin = null;
    }
}
