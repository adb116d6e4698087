using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>A function of one float that has no vector form.</summary>
public interface IUnaryFunction
{
    static abstract float Apply(float x);
}

/// <summary>A function without a vector form, lane by lane.</summary>
public readonly struct PerLaneBody<TFunction> : IUnaryBody where TFunction : struct, IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, IVector<V> => VectorMath.PerLane<V, TFunction>(x);
}

public readonly struct SinFunction : IUnaryFunction { public static float Apply(float x) => MathF.Sin(x); }
public readonly struct CosFunction : IUnaryFunction { public static float Apply(float x) => MathF.Cos(x); }
public readonly struct TanFunction : IUnaryFunction { public static float Apply(float x) => MathF.Tan(x); }
public readonly struct AsinFunction : IUnaryFunction { public static float Apply(float x) => MathF.Asin(x); }
public readonly struct AcosFunction : IUnaryFunction { public static float Apply(float x) => MathF.Acos(x); }
public readonly struct AtanFunction : IUnaryFunction { public static float Apply(float x) => MathF.Atan(x); }
public readonly struct SinhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Sinh(x); }
public readonly struct CoshFunction : IUnaryFunction { public static float Apply(float x) => MathF.Cosh(x); }
public readonly struct AsinhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Asinh(x); }
public readonly struct AcoshFunction : IUnaryFunction { public static float Apply(float x) => MathF.Acosh(x); }
public readonly struct AtanhFunction : IUnaryFunction { public static float Apply(float x) => MathF.Atanh(x); }
