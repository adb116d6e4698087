using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>A function of one float that has no vector form.</summary>
internal interface IUnaryFunction
{
    static abstract float Apply(float x);
}

/// <summary>A function without a vector form, lane by lane.</summary>
internal readonly struct PerLaneBody<TFunction> : IUnaryBody where TFunction : struct, IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.PerLane<V, TFunction>(x);
}

internal readonly struct SinFunction : IUnaryFunction { public static float Apply(float x) => MathF.Sin(x); }
internal readonly struct CosFunction : IUnaryFunction { public static float Apply(float x) => MathF.Cos(x); }
internal readonly struct TanFunction : IUnaryFunction { public static float Apply(float x) => MathF.Tan(x); }
internal readonly struct AsinFunction : IUnaryFunction { public static float Apply(float x) => MathF.Asin(x); }
internal readonly struct AcosFunction : IUnaryFunction { public static float Apply(float x) => MathF.Acos(x); }
internal readonly struct AtanFunction : IUnaryFunction { public static float Apply(float x) => MathF.Atan(x); }
internal readonly struct SinhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Sinh(x); }
internal readonly struct CoshFunction : IUnaryFunction { public static float Apply(float x) => MathF.Cosh(x); }
internal readonly struct AsinhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Asinh(x); }
internal readonly struct AcoshFunction : IUnaryFunction { public static float Apply(float x) => MathF.Acosh(x); }
internal readonly struct AtanhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Atanh(x); }
