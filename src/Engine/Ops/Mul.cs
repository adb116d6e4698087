using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a b</summary>
public sealed record Mul() : Binary<MulBody>("a * b", ScalarBinaryKind.Mul);
