using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>a + b</summary>
public sealed record Add() : Binary<AddBody>("a + b", ScalarBinaryKind.Add);
