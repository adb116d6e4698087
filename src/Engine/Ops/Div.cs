using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a / b; integers round towards zero</summary>
public sealed record Div() : Binary<DivBody>("a / b", ScalarBinaryKind.Div);
