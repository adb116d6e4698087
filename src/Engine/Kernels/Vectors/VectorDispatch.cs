using System.Diagnostics;

namespace LiveCam.Engine.Kernels;

/// <summary>A loop over memory written for any vector type; its fields are the arguments.</summary>
internal interface IVectorAction
{
    void Invoke<V>() where V : unmanaged, IVector<V>;
}

/// <summary>The one place that turns a vector width into a vector type, once per call and outside of every loop.</summary>
internal static class VectorDispatch
{
    public static void Run<TAction>(VectorWidth width, ref TAction action) where TAction : struct, IVectorAction, allows ref struct
    {
        switch (width)
        {
            case VectorWidth.V512: action.Invoke<V512>(); break;
            case VectorWidth.V256: action.Invoke<V256>(); break;
            case VectorWidth.V128: action.Invoke<V128>(); break;
            case VectorWidth.Scalar: action.Invoke<V1>(); break;
            default: throw new UnreachableException();
        }
    }
}
