using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>The few vector operations a matrix micro-kernel needs, so that one source serves every width.
/// <typeparamref name="TVector"/> is the bare vector type: the accumulators stay plain locals and thus registers.</summary>
internal unsafe interface IMatrixVector<TVector>
{
    static abstract int Lanes { get; }
    static abstract TVector Load(float* source);
    static abstract TVector Broadcast(float value);
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector sum);

    /// <summary>min(highest, max(lowest, value)); a NaN value stays NaN.</summary>
    static abstract TVector Clamp(TVector value, TVector lowest, TVector highest);
    static abstract void Store(float* target, TVector value);

    /// <summary>Reads the first <paramref name="lanes"/> floats and nothing behind them; the other lanes are zero.</summary>
    static abstract TVector LoadPart(float* source, int lanes);

    /// <summary>Writes the first <paramref name="lanes"/> floats and nothing behind them.</summary>
    static abstract void StorePart(float* target, TVector value, int lanes);
}

/// <summary>16 floats: AVX-512, elsewhere two vectors of 8.</summary>
internal unsafe struct MatrixVector512 : IMatrixVector<Vector512<float>>
{
    public static int Lanes => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> sum) =>
        Vector512.MultiplyAddEstimate(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> value, Vector512<float> lowest, Vector512<float> highest) =>
        Vector512.MinNative(highest, Vector512.MaxNative(lowest, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Vector512<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPart(float* source, int lanes) => Avx512F.IsSupported
        ? Avx512F.MaskLoad(source, Mask(lanes), Vector512<float>.Zero)
        : Vector512.Create(MatrixVector256.LoadPart(source, Math.Min(lanes, 8)), MatrixVector256.LoadPart(source + 8, Math.Max(lanes - 8, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(float* target, Vector512<float> value, int lanes)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, Mask(lanes), value);
            return;
        }
        MatrixVector256.StorePart(target, value.GetLower(), Math.Min(lanes, 8));
        MatrixVector256.StorePart(target + 8, value.GetUpper(), Math.Max(lanes - 8, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mask(int lanes) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle();
}

/// <summary>8 floats: AVX2 with fused multiply-add where the processor has it.</summary>
internal unsafe struct MatrixVector256 : IMatrixVector<Vector256<float>>
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> sum) =>
        Vector256.MultiplyAddEstimate(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> value, Vector256<float> lowest, Vector256<float> highest) =>
        Avx.Min(highest, Avx.Max(lowest, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Vector256<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPart(float* source, int lanes) => Avx.MaskLoad(source, Mask(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(float* target, Vector256<float> value, int lanes) =>
        Avx.MaskStore(target, Mask(lanes), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mask(int lanes) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(lanes)).AsSingle();
}

/// <summary>4 floats: any processor with 128-bit vectors, x86 or not.</summary>
internal unsafe struct MatrixVector128 : IMatrixVector<Vector128<float>>
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> sum) =>
        Vector128.MultiplyAddEstimate(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> value, Vector128<float> lowest, Vector128<float> highest)
    {
        value = Vector128.ConditionalSelect(Vector128.LessThan(value, lowest), lowest, value);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(value, highest), highest, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Vector128<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadPart(float* source, int lanes) =>
        Vector128.Create(source[0], lanes > 1 ? source[1] : 0, lanes > 2 ? source[2] : 0, lanes > 3 ? source[3] : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(float* target, Vector128<float> value, int lanes)
    {
        target[0] = value[0];
        if (lanes > 1)
            target[1] = value[1];
        if (lanes > 2)
            target[2] = value[2];
        if (lanes > 3)
            target[3] = value[3];
    }
}

/// <summary>One float: the plain reading of every kernel, for any processor.</summary>
internal unsafe struct MatrixScalar : IMatrixVector<float>
{
    public static int Lanes => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float sum) => float.MultiplyAddEstimate(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp(float value, float lowest, float highest)
    {
        value = value < lowest ? lowest : value;
        return value > highest ? highest : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, float value) => *target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadPart(float* source, int lanes) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(float* target, float value, int lanes) => *target = value;
}
