using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a - b</summary>
public sealed record Sub() : Binary<SubBody>("a - b", ScalarBinaryKind.Sub);
