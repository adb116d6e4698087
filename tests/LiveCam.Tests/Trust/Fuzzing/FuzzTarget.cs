namespace LiveCam.Tests.Trust.Fuzzing;

/// <summary>A reader of something that strangers send, as tests and the harness call it.</summary>
/// <param name="Name">On the command line of <c>tools/fuzz</c>.</param>
/// <param name="Seeds">Whole inputs, made by the project itself.</param>
/// <param name="Read">Reads an input. What it throws is a fault, unless <see cref="FuzzTargets.IsForeseen"/>.</param>
/// <param name="Share">Part of the usual number of mutations that fits a test, where one takes long.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Read, double Share = 1);
