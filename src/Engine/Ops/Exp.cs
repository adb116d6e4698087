using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>e to the power of x</summary>
public sealed record Exp() : Unary<ExpBody>("exp(x)");
