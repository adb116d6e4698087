using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>
/// An operation whose kernel can finish its output before storing it. Its inputs are x, weights, bias (optional) and, with
/// a residual, a value of the output's shape that is added before the activation.
/// </summary>
internal interface IFusable
{
    Activation Activation { get; }

    /// <summary>Whether something is fused already.</summary>
    bool HasEpilogue { get; }
    bool TakesBias { get; }
    bool TakesResidual { get; }

    /// <summary>Whether its kernel can apply this activation.</summary>
    bool Takes(Activation activation) => true;

    /// <summary>The operation with an activation and, where <paramref name="residual"/>, a fourth input.</summary>
    IFusable With(Activation activation, bool residual);
}

internal static class Epilogues
{
    /// <summary>What a pass has fused has no name in ONNX.</summary>
    public static void RefuseEpilogue(this IFusable op, OnnxCall call)
    {
        if (op.HasEpilogue)
            throw call.Error("it has an activation or a sum fused into it, which ONNX has no operator for; export the graph as it was before it was compiled");
    }
}

/// <summary>An element-wise operation that kernels know as an activation.</summary>
internal interface IActivation
{
    /// <summary>Null where its constants are only known at run time.</summary>
    Activation? AsActivation { get; }
}
